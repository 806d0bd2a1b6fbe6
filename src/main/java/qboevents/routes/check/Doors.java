// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whatever is sent to a {@code direct:} or {@code seda:} name must be read by a route. Camel starts without, and fails or
 * piles up at the first message.
 */
record Doors(Placeholders settings, Preconditions preconditions) implements Rule {

    private static final Pattern NAME = Pattern.compile("(direct|seda):/{0,2}([^?\\s,]+)(\\?\\S*)?");
    private static final Set<String> PROSE = Set.of("description", "message", "log", "note", "id");

    @Override
    public Stream<Problem> problems(Folder folder) {
        var written = read(folder.blocks().stream());
        var loaded = read(folder.blocks().stream().filter(preconditions::met));
        return folder.blocks().stream().flatMap(block -> {
            var read = preconditions.met(block) ? loaded : written; // what is off may send to what is off
            return block.entries().stream()
                    .filter(entry -> !isRead(entry) && !PROSE.contains(entry.key()))
                    .flatMap(entry -> names(entry)
                            .filter(name -> read.stream().noneMatch(reader(name)) && !folder.mayMention(name))
                            .map(name -> block.problem(entry.place(), "sends to %s, which no route reads%s"
                                    .formatted(name, hint(name, written)))));
        });
    }

    private TreeSet<String> read(Stream<Block> blocks) {
        return blocks.flatMap(this::reads).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String hint(String name, Set<String> written) {
        return written.stream().anyMatch(reader(name))
                ? ": the precondition of the one that would is not met." : "." + DidYouMean.hint(name, written);
    }

    /** The part of a computed name that stands still is compared: direct:deliver-${header.format}. */
    private static Predicate<String> reader(String name) {
        var computed = name.indexOf("${");
        return computed < 0 ? name::equals : read -> read.startsWith(name.substring(0, computed));
    }

    private Stream<String> reads(Block block) {
        return Stream.concat(
                block.from().flatMap(Endpoint::in).map(Endpoint::address).stream().flatMap(this::name),
                block.entries().stream().filter(Doors::isRead).flatMap(this::names));
    }

    private static boolean isRead(Entry entry) {
        return Stream.concat(Stream.of(entry.key()), entry.under().stream())
                .anyMatch(Set.of("pollEnrich", "poll", "intercept", "interceptFrom", "interceptSendToEndpoint")::contains);
    }

    private Stream<String> names(Entry entry) {
        return entry.texts().flatMap(this::name);
    }

    private Stream<String> name(String text) {
        return settings.resolved(text).stream().flatMap(resolved -> NAME.matcher(resolved.trim()).results()
                .filter(match -> match.group().equals(resolved.trim()))
                .map(match -> match.group(1) + ":" + match.group(2)));
    }
}
