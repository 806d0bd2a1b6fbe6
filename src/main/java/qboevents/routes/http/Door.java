// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps requests outside while the routes that serve them are exchanged: Spring knows no handler for a moment. Who is
 * inside has yet to find its handler, and is waited for.
 */
@Component
public class Door {

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(5);
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicInteger inside = new AtomicInteger();
    private volatile @Nullable CountDownLatch closed;

    /** Held from the door to the handler; closed by the first who knows that it is found. */
    public final class Pass implements AutoCloseable {

        private final AtomicBoolean over = new AtomicBoolean();

        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                inside.decrementAndGet();
            }
        }
    }

    public Pass enter() {
        inside.incrementAndGet(); // before the look, or who closes would not see it
        for (var latch = closed; latch != null; latch = closed) {
            inside.decrementAndGet();
            await(latch);
            inside.incrementAndGet();
        }
        return new Pass();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while routes were exchanged", e);
        }
    }

    public void close() {
        closed = new CountDownLatch(1);
        for (long end = System.nanoTime() + LONGEST; inside.get() > 0 && System.nanoTime() - end < 0;) {
            LockSupport.parkNanos(SHORT);
        }
    }

    public void open() {
        var latch = closed;
        closed = null;
        if (latch != null) {
            latch.countDown();
        }
    }
}
