// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A fault that has been commanded. */
public final class ActiveFault {

    private final Fault fault;
    private final AtomicLong hits = new AtomicLong();
    private final CountDownLatch cleared = new CountDownLatch(1);

    ActiveFault(Fault fault) {
        this.fault = fault;
    }

    /** How many calls it has spoiled. */
    public long hits() {
        return hits.get();
    }

    /** Spoils nothing more, and lets go what it holds. */
    public void clear() {
        cleared.countDown();
    }

    boolean takes(Call call) {
        if (cleared.getCount() == 0 || !fault.covers(call)) {
            return false;
        }
        return hits.getAndUpdate(sofar -> Math.min(sofar + 1, fault.times())) < fault.times();
    }

    Answer spoil(Call call, Supplier<Response> real, Instant now) {
        return fault.effect().spoil(call, real, now, cleared);
    }
}
