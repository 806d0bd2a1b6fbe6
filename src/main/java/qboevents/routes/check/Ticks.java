// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.text.ParseException;
import java.util.Optional;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/** Every timer must say when. Without a cron Quartz would tick every second. */
record Ticks(Placeholders settings) implements Rule {

    /** As cron has them on Unix. */
    private static final String FIVE =
            "it has five fields, and six are wanted, or seven with the year: seconds come first, as in \"0 */5 * * * ?\"";

    @Override
    public Stream<Problem> problems(Folder folder) {
        return folder.routes().flatMap(block -> block.from().flatMap(Endpoint::in)
                .filter(endpoint -> endpoint.scheme().equals("quartz"))
                .flatMap(endpoint -> problem(block, endpoint)).stream());
    }

    private Optional<Problem> problem(Block block, Endpoint timer) {
        if (timer.options().stream().anyMatch(option -> option.name().startsWith("trigger."))) {
            return Optional.empty(); // a plain interval instead
        }
        return timer.option("cron").map(cron -> unreadable(block, cron))
                .orElseGet(() -> Optional.of(block.problem(timer.place(), "has no cron, so it would tick every second.")));
    }

    private Optional<Problem> unreadable(Block block, Endpoint.Option cron) {
        return settings.resolved(cron.value()).flatMap(value -> reason(value).map(reason -> block.problem(cron.place(),
                "has the cron \"%s\", which cannot be read: %s.".formatted(value, reason))));
    }

    private static Optional<String> reason(String cron) {
        try {
            // In an address the blanks may be written as plus signs.
            return Optional.of(new CronExpression(cron.replace('+', ' '))).flatMap(readable -> Optional.empty());
        } catch (ParseException e) {
            return Optional.of(fields(cron) == 5 ? FIVE : e.getMessage());
        }
    }

    private static int fields(String cron) {
        return cron.replace('+', ' ').trim().split("\\s+").length;
    }
}
