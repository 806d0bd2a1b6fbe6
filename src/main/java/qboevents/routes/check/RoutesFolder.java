// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes beside the jar, the ones that users edit. Hidden files and subfolders are not looked at. What has the name of a file
 * of routes and cannot be read is told: its routes would else be taken for removed.
 */
public record RoutesFolder(Path path) implements RoutesSource {

    /** Camel takes everything behind the first dot for the kind of the file. */
    private static final Predicate<String> READ = Pattern.compile("[\\w-]+\\.camel\\.yaml").asMatchPredicate();
    /** The largest that is shipped has twenty kilobytes. What is larger is something else, and would be read three times a second. */
    private static final long LARGEST = 1024 * 1024;

    private static final Predicate<String> YAML = Pattern.compile("[^.].*\\.(?i:ya?ml)").asMatchPredicate();

    @Override
    public List<RouteText> texts() {
        return files(READ).stream().filter(file -> fault(file).isEmpty()).map(file -> new RouteText(file.toString(), text(file))).toList();
    }

    @Override
    public List<Problem> strangers() {
        var otherwiseNamed = files(YAML.and(READ.negate())).stream().map(file -> problem(file, noFile(file)
                .orElse("is not read. Only names like deposits.camel.yaml are, in letters, digits and dashes.")));
        var unread = files(READ).stream().flatMap(file -> fault(file).map(sentence -> problem(file, sentence)).stream());
        return Stream.concat(otherwiseNamed, unread).toList();
    }

    private static Problem problem(Path file, String sentence) {
        return new Problem(new Place(file.toString(), 0), "", sentence);
    }

    private static Optional<String> fault(Path file) {
        return noFile(file).or(() -> {
            if (!Files.isReadable(file)) {
                return Optional.of("may not be read by this service. Look at its owner and permissions.");
            }
            return fits(file) ? Optional.empty() : Optional.of("is larger than 1 MB.");
        });
    }

    /** Nothing is opened for it: whoever opens a pipe waits until somebody writes. */
    private static Optional<String> noFile(Path file) {
        if (Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.isDirectory(file)) {
            return Optional.of("is a folder, and no file of routes. Give it another name.");
        }
        return Optional.of(Files.exists(file) ? "is no plain file. Write a file of routes, or remove it."
                : "cannot be read: it is a link, and what it leads to is not there. Mend the link, or remove it.");
    }

    private static boolean fits(Path file) {
        try {
            return Files.size(file) <= LARGEST;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String includePattern() {
        return files(READ).stream().map(file -> "file:" + file).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return path.toAbsolutePath().toString();
    }

    private List<Path> files(Predicate<String> named) {
        try (var files = Files.list(path)) {
            return files.filter(file -> named.test(file.getFileName().toString())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
