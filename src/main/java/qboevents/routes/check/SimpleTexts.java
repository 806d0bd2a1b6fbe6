// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.util.StringHelper;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Every text in Camel's Simple language must be readable: a forgotten brace, a function or a file that does not exist. */
record SimpleTexts(CamelContext camel, Placeholders settings) implements Rule {

    private static final String FILE = "resource:";
    private static final Set<String> KEYS = Set.of("simple", "log", "precondition");

    @Override
    public Stream<Problem> problems(Folder folder) {
        return folder.blocks().stream().flatMap(block -> block.entries().stream()
                .filter(entry -> KEYS.contains(entry.key()))
                .flatMap(entry -> text(entry).flatMap(settings::resolved).flatMap(this::reason)
                        .map(reason -> block.problem(entry.place(), reason))
                        .stream()));
    }

    private static Optional<String> text(Entry entry) {
        return entry.text().or(() -> entry.child("expression").or(() -> entry.child("message")).flatMap(Entry::text));
    }

    private Optional<String> reason(String text) {
        try {
            camel.resolveLanguage("simple").createExpression(text);
            return Optional.empty();
        } catch (SimpleIllegalSyntaxException e) {
            return Optional.of(unreadable(e));
        } catch (RuntimeCamelException e) {
            return Optional.of(text.startsWith(FILE) ? missing(text.substring(FILE.length())) : unreadable(e));
        }
    }

    private static String unreadable(RuntimeException e) {
        return "has a simple text that cannot be read: %s.".formatted(e.getMessage().lines().findFirst().orElse(""));
    }

    private static String missing(String address) {
        return "takes a text from %s, which cannot be read.%s".formatted(address, DidYouMean.hint(address, beside(address)));
    }

    /** The files of the jar that stand where this one is looked for. */
    private static List<String> beside(String address) {
        var folder = address.substring(0, address.lastIndexOf('/') + 1);
        if (!folder.startsWith("classpath:")) {
            return List.of();
        }
        try {
            var files = new PathMatchingResourcePatternResolver().getResources(folder + "*");
            return Arrays.stream(files).map(Resource::getFilename).map(name -> folder + name).toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
