// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import qboevents.event.ReadFailure;

/** The calls to one company that still count against its limits. Times are of the monotonic clock. */
final class CompanyCalls {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final int perSecond;
    private final int perMinute;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition answered = lock.newCondition();
    private final Deque<Long> ends = new ArrayDeque<>(); // of the last minute, oldest first
    private int underWay;
    private volatile Instant pausedUntil = Instant.MIN;

    CompanyCalls(int perSecond, int perMinute) {
        this.perSecond = perSecond;
        this.perMinute = perMinute;
    }

    CallLimits.Call enter(Duration longest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long deadline = System.nanoTime() + longest.toNanos();
            for (long wait = toWait(); wait > 0; wait = toWait()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw ReadFailure.postponed(
                            "This company has had as many calls as Intuit allows in this minute",
                            Duration.ofNanos(wait));
                }
                answered.awaitNanos(Math.min(wait, left));
            }
            underWay++;
            return new Slot();
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds until one more call is allowed, if nothing ends meanwhile; 0: now. */
    private long toWait() {
        long now = System.nanoTime();
        while (!ends.isEmpty() && now - ends.peekFirst() >= MINUTE) {
            ends.removeFirst();
        }
        return Math.max(wait(now, perSecond, SECOND), wait(now, perMinute, MINUTE));
    }

    private long wait(long now, int most, long window) {
        int spare = most - underWay;
        if (spare <= 0) {
            return window; // an answer wakes us before
        }
        if (ends.size() < spare) {
            return 0;
        }
        return Math.max(0, nthLast(spare) + window - now);
    }

    private long nthLast(int n) {
        if (n == ends.size()) {
            return ends.peekFirst();
        }
        var newestFirst = ends.descendingIterator();
        long end = 0;
        for (int i = 0; i < n; i++) {
            end = newestFirst.next();
        }
        return end;
    }

    Instant pausedUntil() {
        return pausedUntil;
    }

    synchronized void pauseUntil(Instant until) {
        pausedUntil = pausedUntil.isAfter(until) ? pausedUntil : until; // who asked for longer still wants it
    }

    private final class Slot implements CallLimits.Call {

        private boolean ended;

        @Override
        public void end() {
            lock.lock();
            try {
                if (!ended) {
                    ended = true;
                    underWay--;
                    ends.addLast(System.nanoTime());
                    answered.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
