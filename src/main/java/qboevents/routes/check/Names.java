// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;

/** A resource's two names must be written the way instances and QuickBooks write them. */
record Names() implements Rule {

    private static final Predicate<String> KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*").asMatchPredicate();
    private static final Predicate<String> ENTITY = Pattern.compile("[A-Z][A-Za-z0-9]*").asMatchPredicate();
    private static final Pattern NOT_POLL = Pattern.compile("quartz:([^/]*)/(.+)");
    private static final Set<String> TIMERS = Set.of("quartz", "timer", "scheduler", "cron");

    @Override
    public Stream<Problem> problems(Folder folder) {
        return folder.routes().flatMap(block -> block.from().flatMap(Endpoint::in).stream()
                .flatMap(from -> from.entity().map(entity -> Stream.concat(id(block), entity(block, from, entity)))
                        .orElseGet(() -> Stream.concat(almost(block, from), otherTimer(block, from)).limit(1))));
    }

    private static Stream<Problem> id(Block block) {
        if (block.id().isEmpty()) {
            return Stream.of(block.problem(block.place(),
                    "has no id. Write a route with the name that instances use, as in id: deposits."));
        }
        return block.id().stream().filter(id -> !KEBAB.test(id.text().orElse("")))
                .map(id -> block.problem(id.place(), "must be lower case with dashes: %s.".formatted(kebab(block.name()))));
    }

    private static Stream<Problem> entity(Block block, Endpoint from, String entity) {
        return Stream.of(entity).filter(name -> !ENTITY.test(name))
                .map(name -> block.problem(from.place(),
                        "reads %s. QuickBooks writes its names with capitals: quartz:poll/%s."
                                .formatted(from.address(), capitalised(name))));
    }

    /** A timer of another group would tick, and be no resource. */
    private static Stream<Problem> almost(Block block, Endpoint from) {
        return NOT_POLL.matcher(from.address()).results()
                .filter(match -> DidYouMean.nearest(match.group(1), List.of("poll")).isPresent())
                .map(match -> block.problem(from.place(),
                        "reads %s, which makes no resource of it. Did you mean quartz:poll/%s?"
                                .formatted(from.address(), match.group(2))));
    }

    /** Copied from a resource, with a timer that makes none. */
    private static Stream<Problem> otherTimer(Block block, Endpoint from) {
        return Stream.of(from).filter(timer -> TIMERS.contains(timer.scheme()))
                .flatMap(timer -> block.entries().stream())
                .flatMap(entry -> Endpoint.in(entry).stream()).map(Endpoint::address).filter(PollDoors.ALL::contains)
                .map(poll -> block.problem(from.place(),
                        "reads %s, which makes no resource of it for %s. Write quartz:poll/ and QuickBooks' name, as in quartz:poll/Deposit."
                                .formatted(from.address(), poll)));
    }

    private static String kebab(String name) {
        return words(name).map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.joining("-"));
    }

    private static String capitalised(String name) {
        return words(name).map(StringUtils::capitalize).collect(Collectors.joining());
    }

    private static Stream<String> words(String name) {
        return Arrays.stream(name.split("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")).filter(word -> !word.isEmpty());
    }
}
