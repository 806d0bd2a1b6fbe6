// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Instant;

/** Gives the second of a change a fraction of 3 to 9 digits; within one second the later change has the later one. */
final class WebhookTimes {

    /** More than a millisecond, so that cutting off digits leaves the order as it is. */
    private static final long STEP = 1_179_851;

    private static final long LAST = 999_999_999;

    private Instant second = Instant.MIN;
    private int number;

    synchronized Instant of(Instant secondOfChange) {
        number = secondOfChange.equals(second) ? number + 1 : 1;
        second = secondOfChange;
        var nanos = number * STEP;
        return nanos > LAST ? second.plusNanos(LAST) : second.plusNanos(nanos - nanos % unit());
    }

    private long unit() {
        return (long) Math.pow(10, number % 7);
    }
}
