// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives the second of a change a fraction of 3 to 9 digits; within one second the later change has the later one, also when
 * another company has told of another second in between. No two changes have the same: it is what an event is known by.
 */
final class WebhookTimes {

    /** More than a millisecond, so that cutting off digits leaves the order as it is. */
    private static final long STEP = 1_179_851;

    private static final long SECOND = 1_000_000_000;
    private static final int WITH_STEP = (int) (SECOND / STEP) - 1;
    private static final int REMEMBERED = 1000;

    private final Map<Instant, Integer> numbers = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Instant, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized Instant of(Instant second) {
        var number = numbers.merge(second, 1, Integer::sum);
        if (number > WITH_STEP) { // of a second in which more has changed only nanoseconds tell
            return second.plusNanos(WITH_STEP * STEP + number);
        }
        var nanos = number * STEP;
        return second.plusNanos(nanos - nanos % unit(number));
    }

    private static long unit(int number) {
        return (long) Math.pow(10, number % 7);
    }
}
