// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts what passes the two ends of the service, for those who wait for it to pass. */
final class Traffic {

    private static final int LIMIT_SECONDS = 10;
    private static final int WORTH = 20;

    private final Semaphore pages = new Semaphore(0);
    private final Semaphore callbacks = new Semaphore(0);

    /** A page with next to nothing in it is not worth a kill. */
    void page(int rows) {
        if (rows >= WORTH) {
            pages.release();
        }
    }

    void callback() {
        callbacks.release();
    }

    void awaitPages(int number) {
        await(pages, number);
    }

    void awaitCallbacks(int number) {
        await(callbacks, number);
    }

    /** When so little passes, any time is as good. */
    private static void await(Semaphore passed, int number) {
        passed.drainPermits();
        try {
            passed.tryAcquire(number, LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
