// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What bodies may take of the memory, all together: whoever sends them may be anybody, and a request may wait long for its turn. */
final class BodyBudget {

    private static final int FREE = 8 * 1024;
    private static final int UNIT = 1024;
    private static final long LEAST = 2L * BodyRefused.LIMIT;

    private final Semaphore units;

    BodyBudget(long heap) {
        this.units = new Semaphore((int) (Math.max(LEAST, heap / 8) / UNIT));
    }

    /** What one body has taken of it. */
    final class Share {

        private final AtomicBoolean over = new AtomicBoolean();
        private int taken;

        private Share(int taken) {
            this.taken = taken;
        }

        /** It is not larger than that after all. */
        void shrinkTo(int bytes) {
            int needed = Math.min(taken, units(bytes));
            units.release(taken - needed);
            taken = needed;
        }

        private void end() {
            if (over.compareAndSet(false, true)) {
                units.release(taken);
            }
        }

        /** Until the request is answered, on whatever thread that happens. */
        void endWith(HttpServletRequest request) {
            if (request.isAsyncStarted()) {
                try {
                    request.getAsyncContext().addListener(new AtItsEnd(this));
                    return;
                } catch (IllegalStateException e) { // answered in this very moment
                    end();
                    return;
                }
            }
            end();
        }
    }

    private record AtItsEnd(Share share) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            share.end();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            share.end();
        }

        @Override
        public void onError(AsyncEvent event) {
            share.end();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }

    private static int units(int bytes) {
        return bytes <= FREE ? 0 : (bytes + UNIT - 1) / UNIT;
    }

    /** @return null when there is no room for so many bytes now */
    @Nullable Share take(int bytes) {
        int wanted = units(bytes);
        return wanted == 0 || units.tryAcquire(wanted) ? new Share(wanted) : null;
    }
}
