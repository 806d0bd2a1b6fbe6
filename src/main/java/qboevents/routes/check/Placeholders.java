// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** Every {@code {{setting}}} must have a value. */
record Placeholders(CamelContext camel) implements Rule {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]+}}");

    @Override
    public Stream<Problem> problems(Folder folder) {
        return folder.blocks().stream()
                .filter(block -> !block.kind().equals("routeTemplate")) // its parameters look the same
                .flatMap(block -> block.entries().stream().flatMap(entry -> unknown(entry)
                        .map(name -> block.problem(entry.place(), "asks for %s, which no setting gives.".formatted(name)))));
    }

    private Stream<String> unknown(Entry entry) {
        return entry.texts()
                .flatMap(text -> PLACEHOLDER.matcher(text).results().map(MatchResult::group))
                .filter(placeholder -> !placeholder.startsWith("{{?") && resolved(placeholder).isEmpty())
                .distinct();
    }

    /** The text with every setting put in; nothing when one is missing. */
    Optional<String> resolved(String text) {
        try {
            return Optional.ofNullable(camel.resolvePropertyPlaceholders(text));
        } catch (IllegalArgumentException missing) {
            return Optional.empty();
        }
    }
}
