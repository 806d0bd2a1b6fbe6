// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.event.ReadFailure;

/**
 * Stops asking a company whose every call is answered 429. Intuit's answer to too many calls in a minute and to a month's
 * quota that is used up is the same; only how long it lasts tells them apart.
 */
@Component
class Throttles {

    private static final int MANY = 5;
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Clock clock;
    private final Map<Company, Refused> refused = new ConcurrentHashMap<>();
    private final AtomicReference<String> news = new AtomicReference<>();

    Throttles(Clock clock) {
        this.clock = clock;
    }

    /** @param until null: the usual pause after each is enough yet */
    private record Refused(int inARow, Instant since, Duration pause, @Nullable Instant until) {

        Refused again(Instant now) {
            int count = inARow + 1;
            if (until != null && now.isBefore(until) || count < MANY || now.isBefore(since.plus(LONG))) {
                return new Refused(count, since, pause, until);
            }
            var next = until == null ? FIRST_PAUSE : pause.multipliedBy(2);
            next = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
            return new Refused(count, since, next, now.plus(next));
        }

        String text() {
            return "QuickBooks has answered 429 to " + inARow + " calls in a row since " + since;
        }
    }

    void check(Company company) {
        var row = refused.get(company);
        if (row != null && row.until() != null && clock.instant().isBefore(row.until())) {
            throw ReadFailure.withheld(row.text() + "; it is asked again at " + row.until(),
                    Duration.between(clock.instant(), row.until()));
        }
    }

    void answered(Company company, int status) {
        if (status == 429) {
            var now = clock.instant();
            var row = refused.compute(company, (key, before) ->
                    before == null ? new Refused(1, now, FIRST_PAUSE, null) : before.again(now));
            if (row.until() != null) {
                news.set("Company " + company.realmId() + ": " + row.text() + ". It is asked once an hour at most from now on;"
                        + " when every company is answered so, the month's calls of your plan at Intuit are used up");
            }
        } else if (status / 100 == 2 && !refused.isEmpty()) {
            refused.remove(company);
        }
    }

    /** What an operator is to be told, once. */
    Optional<String> news() {
        return Optional.ofNullable(news.getAndSet(null));
    }
}
