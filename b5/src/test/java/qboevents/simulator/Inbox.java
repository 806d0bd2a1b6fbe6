// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What a callback has got, for many writers and for tests that wait. */
final class Inbox {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final List<Received> kept = new ArrayList<>();
    private final List<ReceivedEvent> events = new ArrayList<>();
    private int read;
    private long count;
    private long forged;

    void add(Received received, boolean keep) {
        locked(() -> {
            count++;
            forged += received.forgery().isPresent() ? 1 : 0;
            arrived.signalAll();
            return keep && kept.add(received);
        });
    }

    long count() {
        return locked(() -> count);
    }

    long forged() {
        return locked(() -> forged);
    }

    List<Received> received() {
        return locked(() -> List.copyOf(kept));
    }

    /** Each request is parsed once, when somebody wants to know. */
    List<ReceivedEvent> events() {
        return locked(() -> {
            for (; read < kept.size(); read++) {
                events.addAll(kept.get(read).events());
            }
            return List.copyOf(events);
        });
    }

    void clear() {
        locked(() -> {
            kept.clear();
            events.clear();
            read = 0;
            count = 0;
            forged = 0;
            return true;
        });
    }

    void await(Duration atMost, BooleanSupplier fact) {
        locked(() -> {
            var left = atMost.toNanos();
            while (!fact.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("Not so within " + atMost + ", after " + count + " requests");
                }
                left = next(left);
            }
            return true;
        });
    }

    private long next(long nanos) {
        try {
            return arrived.awaitNanos(nanos);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted after " + count + " requests", stopped);
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
