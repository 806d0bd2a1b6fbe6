// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.time.Instant;

/** Books with a past: many records, spread over the seconds that end now. */
public final class Preload {

    private Preload() {}

    /** The clock is moved back, walked through those seconds, and left where it was. */
    public static void invoices(Ledger ledger, MovableClock clock, int number, int perSecond) {
        var now = clock.instant();
        var started = Instant.now();
        for (var left = number; left > 0; left -= perSecond) {
            clock.set(now.minusSeconds((left - 1L) / perSecond + 1));
            for (var i = 0; i < Math.min(left, perSecond); i++) {
                ledger.create("Invoice");
            }
        }
        clock.set(now.plus(Duration.between(started, Instant.now())));
    }
}
