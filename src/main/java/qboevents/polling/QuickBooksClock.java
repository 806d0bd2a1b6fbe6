// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What QuickBooks' clock can show, by what it showed last: a cursor that follows a wrong answer into the future passes over
 * all that is changed until then.
 *
 * @param ahead of ours when it told the time last, at most; null: it has not yet, and then whatever it tells is its time
 */
record QuickBooksClock(@Nullable Duration ahead) {

    static final Duration TOLERANCE = Duration.ofMinutes(10);

    /** How fast it is followed downwards: one answer that is behind must not make the next one look wrong. */
    private static final Duration STEP = TOLERANCE.dividedBy(2);

    static QuickBooksClock ofMillis(@Nullable Long ahead) {
        return new QuickBooksClock(ahead == null ? null : Duration.ofMillis(ahead));
    }

    @Nullable Long millis() {
        return ahead == null ? null : ahead.toMillis();
    }

    /** Our own time is always a good one: it is also what QuickBooks shows after our clock was put right. */
    @Nullable Instant expected(Instant ours) {
        return ahead == null ? null : ahead.isNegative() ? ours : ours.plus(ahead);
    }

    /** Too late is what matters: of a time that is too early no more comes than reading once more. */
    boolean believes(Instant time, Instant ours) {
        var expected = expected(ours);
        return expected == null || !time.isAfter(expected.plus(TOLERANCE));
    }

    /** @param before ours when it had not answered yet, so that a long answer does not make it look slower than it is */
    QuickBooksClock told(Instant time, Instant before) {
        var told = Duration.between(before, time);
        var least = ahead == null ? told : ahead.minus(STEP);
        return new QuickBooksClock(told.compareTo(least) < 0 ? least : told);
    }

    /** Whether a cursor has followed a wrong time: this one is much earlier, and our clock says that it is the right one. */
    static boolean passed(@Nullable Instant cursor, Instant time, Instant ours) {
        return cursor != null
                && cursor.isAfter(time.plus(TOLERANCE))
                && Duration.between(time, ours).abs().compareTo(Duration.between(cursor, ours).abs()) < 0;
    }
}
