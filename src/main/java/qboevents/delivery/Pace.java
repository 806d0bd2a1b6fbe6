// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How many hands a lane has for what is owed since long ago: as many as leave some of the CPU to what is new. A release would
 * take all that there is, and what has just happened would wait for a core at each step of its way. Guarded by {@link Lanes}.
 */
final class Pace {

    private static final long LONG = TimeUnit.MINUTES.toSeconds(1);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long REST = TimeUnit.SECONDS.toNanos(10);
    private static final double MUCH = 0.8;
    private static final double LITTLE = 0.65;

    private final int most;
    private final DoubleSupplier load;
    private final LongSupplier nanos;
    private int hands;
    private long steppedAt;

    /**
     * @param most hands of one lane
     * @param load of the machine's CPUs since it was last asked, 0 to 1; below 0: not known
     * @param nanos as of {@link System#nanoTime}: a load is of real time
     */
    Pace(int most, DoubleSupplier load, LongSupplier nanos) {
        this.most = most;
        this.load = load;
        this.nanos = nanos;
        this.hands = 1;
        this.steppedAt = nanos.getAsLong() - REST - 1;
    }

    static boolean isOld(Instant createdAt, Instant now) {
        return createdAt.getEpochSecond() < now.getEpochSecond() - LONG;
    }

    int hands() {
        long now = nanos.getAsLong();
        long since = now - steppedAt;
        if (since > STEP) {
            steppedAt = now;
            double busy = load.getAsDouble();
            if (since > REST) {
                hands = 1; // what it asks of the machine shows only when it has begun
            } else if (busy > MUCH) {
                hands = Math.max(1, hands / 2);
            } else if (busy < LITTLE) {
                hands = Math.min(most, hands + 1);
            }
        }
        return hands;
    }
}
