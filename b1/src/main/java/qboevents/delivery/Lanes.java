// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What this node knows of each instance's queue: when it is next worth a look, and how many of its deliveries are being
 * sent here. So a long queue of one instance costs nothing when the others are looked at. Losing all of it is harmless:
 * the database is asked again.
 */
final class Lanes {

    private final int most;
    private final int mostOfOne;
    private final Map<Long, Instant> due = new HashMap<>();
    private final Map<Long, Integer> underWay = new HashMap<>();
    private int allUnderWay;

    /**
     * @param most deliveries at a time
     * @param mostOfOne of one instance
     */
    Lanes(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    synchronized void expect(long instanceId, Instant time) {
        due.merge(instanceId, time, (known, other) -> other.isBefore(known) ? other : known);
    }

    /** A lane that may be looked at, and how many of its deliveries there are hands for. */
    record Share(long instanceId, int free) {}

    /**
     * The lanes to look at now. Hands of one lane are used again when half of them are free, so that a long queue is not
     * claimed one by one.
     */
    synchronized List<Share> open(Instant now) {
        var open = new ArrayList<Share>();
        int left = most - allUnderWay;
        for (var lane : due.entrySet()) {
            int busy = underWay.getOrDefault(lane.getKey(), 0);
            int free = Math.min(mostOfOne - busy, left);
            if (!lane.getValue().isAfter(now) && free > 0 && (busy == 0 || free >= mostOfOne / 2)) {
                open.add(new Share(lane.getKey(), free));
                left -= free;
            }
        }
        open.forEach(share -> due.remove(share.instanceId()));
        return open;
    }

    synchronized void started(long instanceId) {
        underWay.merge(instanceId, 1, Integer::sum);
        allUnderWay++;
    }

    synchronized void landed(long instanceId) {
        underWay.computeIfPresent(instanceId, (id, count) -> count == 1 ? null : count - 1);
        allUnderWay--;
    }

    /** Whether {@link #open} would find something. */
    synchronized boolean ready(Instant now) {
        return due.entrySet().stream().anyMatch(lane -> {
            int busy = underWay.getOrDefault(lane.getKey(), 0);
            return !lane.getValue().isAfter(now)
                    && allUnderWay < most
                    && (busy == 0 || mostOfOne - busy >= Math.max(1, mostOfOne / 2));
        });
    }
}
