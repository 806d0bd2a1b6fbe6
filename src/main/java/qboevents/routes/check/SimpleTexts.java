// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;

/** Every text in Camel's Simple language must be readable: a forgotten brace, a function that does not exist. */
record SimpleTexts(CamelContext camel, Placeholders settings) implements Rule {

    private static final Set<String> KEYS = Set.of("simple", "log", "precondition");

    @Override
    public Stream<Problem> problems(Folder folder) {
        return folder.blocks().stream().flatMap(block -> block.entries().stream()
                .filter(entry -> KEYS.contains(entry.key()))
                .flatMap(entry -> text(entry).flatMap(settings::resolved).flatMap(this::reason)
                        .map(reason -> block.problem(entry.place(), "has a simple text that cannot be read: %s.".formatted(reason)))
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
            return Optional.of(e.getMessage().lines().findFirst().orElse(""));
        }
    }
}
