// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Counts what was sent and what became of it, and knows whether anything is left to be sent. */
final class WebhookTally {

    private final Map<Integer, Long> refused = new TreeMap<>();
    private long posts;
    private long acknowledged;
    private long lost;
    private long open;

    synchronized void lost() {
        lost++;
    }

    synchronized void opened(int events) {
        open += events;
    }

    synchronized void closed(int events) {
        open -= events;
        notifyAll();
    }

    synchronized void answered(int status) {
        posts++;
        if (status == 200) {
            acknowledged++;
        } else {
            refused.merge(status, 1L, Long::sum);
        }
    }

    synchronized long countPosts() {
        return posts;
    }

    synchronized long countAcknowledged() {
        return acknowledged;
    }

    synchronized long countLost() {
        return lost;
    }

    synchronized Map<Integer, Long> refused() {
        return Map.copyOf(refused);
    }

    synchronized void awaitIdle(Duration atMost) {
        var end = System.nanoTime() + atMost.toNanos();
        while (open > 0) {
            var left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(open + " events are not acknowledged within " + atMost + "; " + posts
                        + " POSTs, refused by status: " + refused);
            }
            await(left);
        }
    }

    private void await(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while " + open + " events are not acknowledged", stopped);
        }
    }
}
