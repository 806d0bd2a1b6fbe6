// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Calls in the span that ends now, and the most there ever were. Guarded by its limits. */
final class SlidingWindow {

    private final Duration span;
    private final Deque<Instant> calls = new ArrayDeque<>();
    private int most;

    SlidingWindow(Duration span) {
        this.span = span;
    }

    int add(Instant now) {
        var edge = now.minus(span);
        while (!calls.isEmpty() && !calls.peekFirst().isAfter(edge)) {
            calls.removeFirst();
        }
        calls.addLast(now);
        most = Math.max(most, calls.size());
        return calls.size();
    }

    int most() {
        return most;
    }
}
