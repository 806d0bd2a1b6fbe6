// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes beside the jar, the ones that users edit. Hidden files and subfolders are not looked at. */
public record RoutesFolder(Path path) implements RoutesSource {

    /** Camel takes everything behind the first dot for the kind of the file. */
    private static final Predicate<String> READ = Pattern.compile("[\\w-]+\\.camel\\.yaml").asMatchPredicate();
    /** The largest that is shipped has twenty kilobytes. What is larger is something else, and would be read three times a second. */
    private static final long LARGEST = 1024 * 1024;

    private static final Predicate<String> YAML = Pattern.compile("[^.].*\\.(?i:ya?ml)").asMatchPredicate();

    @Override
    public List<RouteText> texts() {
        return files(READ).stream().filter(RoutesFolder::fits).map(file -> new RouteText(file.toString(), text(file))).toList();
    }

    @Override
    public List<Problem> strangers() {
        var otherwiseNamed = files(YAML.and(READ.negate())).stream().map(file -> problem(file,
                "is not read. Only names like deposits.camel.yaml are, in letters, digits and dashes."));
        var tooLarge = files(READ).stream().filter(file -> !fits(file)).map(file -> problem(file, "is larger than 1 MB."));
        return Stream.concat(otherwiseNamed, tooLarge).toList();
    }

    private static Problem problem(Path file, String sentence) {
        return new Problem(new Place(file.toString(), 0), "", sentence);
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
            return files.filter(Files::isRegularFile)
                    .filter(file -> named.test(file.getFileName().toString())).sorted().toList();
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
