// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a poll walks through what changed, page by page, so that no record can slip through
 * (src/docs/decisions/0001-event-log.md, "Why the position cannot pass a record").
 *
 * @param since lower bound of the next query, inclusive; null: the beginning
 * @param position 1-based position in it: above 1 only inside one crowded second
 * @param passKept new records in this pass over a crowded second
 * @param passes finished passes over it
 * @param safe what is dated before it is on disk, even what QuickBooks shows late; null: nothing
 * @param capped whether {@code safe} has met the present and stands until the poll ends
 */
record Window(
        @Nullable Instant since,
        int position,
        int passKept,
        int passes,
        @Nullable Instant safe,
        boolean capped,
        boolean finished) {

    static Window from(@Nullable Instant since) {
        return new Window(since, 1, 0, 0, null, false, false);
    }

    /** Nothing more is read. */
    Window ended() {
        return new Window(since, position, passKept, passes, safe, capped, true);
    }

    /**
     * @param rows records in the page
     * @param kept new ones among them
     * @param last update time of its last record; null when it told none
     * @param time QuickBooks' clock when it answered; null when it did not tell
     */
    Window after(
            int rows, int kept, boolean full, @Nullable Instant last, @Nullable Instant time, Duration overlap) {
        boolean sameSecond = last == null || last.equals(since);
        if (full && sameSecond) {
            return new Window(since, position + rows, passKept + kept, passes, safe, capped, false);
        }
        boolean passEnded = position > 1;
        if (passEnded && (passKept + kept > 0 || passes == 0)) {
            return new Window(since, 1, 0, passes + 1, safe, capped, false);
        }
        return moveOn(full, last, time, overlap);
    }

    private Window moveOn(boolean full, @Nullable Instant last, @Nullable Instant time, Duration overlap) {
        if (capped) {
            return new Window(last, 1, 0, 0, safe, true, !full);
        }
        var known = time != null ? time : last;
        if (known == null) {
            return new Window(since, 1, 0, 0, safe, false, !full);
        }
        var shown = known.minus(overlap);
        if (full && last != null && !last.isAfter(shown)) {
            return new Window(last, 1, 0, 0, last, false, false);
        }
        return new Window(last, 1, 0, 0, shown, true, !full);
    }
}
