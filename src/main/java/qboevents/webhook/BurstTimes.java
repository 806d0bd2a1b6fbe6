// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When each instance's unread changes are next worth a look, as far as this node knows. Losing all of it is harmless: the
 * database is asked again every few seconds.
 */
final class BurstTimes {

    private final int mostAtOnce;
    private final Map<Long, Lane> lanes = new HashMap<>();

    /** @param mostAtOnce instances that are read at the same time */
    BurstTimes(int mostAtOnce) {
        this.mostAtOnce = mostAtOnce;
    }

    private static final class Lane {

        private @Nullable Instant look;
        private Instant pausedUntil = Instant.MIN;
        private boolean reading;

        private boolean due(Instant now) {
            return !reading && look != null && !look.isAfter(now) && !pausedUntil.isAfter(now);
        }
    }

    private Lane lane(long instanceId) {
        return lanes.computeIfAbsent(instanceId, id -> new Lane());
    }

    /** Something of this instance is due then. */
    synchronized void expect(long instanceId, Instant time) {
        var lane = lane(instanceId);
        lane.look = lane.look == null || time.isBefore(lane.look) ? time : lane.look;
    }

    /** Nothing of this instance is read before, whatever is due. */
    synchronized void pause(long instanceId, Instant until) {
        expect(instanceId, until);
        lane(instanceId).pausedUntil = until;
    }

    /** How many instances could be read now. */
    synchronized int due(Instant now) {
        return (int) lanes.values().stream().filter(lane -> lane.due(now)).limit(free()).count();
    }

    private long free() {
        return mostAtOnce - lanes.values().stream().filter(lane -> lane.reading).count();
    }

    /** The instance to read now, the longest due first. Its reading must be {@link #ended}. */
    synchronized Optional<Long> next(Instant now) {
        var due = free() > 0 ? lanes.entrySet().stream() : Stream.<Map.Entry<Long, Lane>>empty();
        var next = due.filter(each -> each.getValue().due(now))
                .min(Comparator.comparing(each -> each.getValue().look));
        next.ifPresent(each -> {
            each.getValue().reading = true;
            each.getValue().look = null;
        });
        return next.map(Map.Entry::getKey);
    }

    synchronized void ended(long instanceId) {
        var lane = lane(instanceId);
        lane.reading = false;
        if (lane.look == null) {
            lanes.remove(instanceId);
        }
    }
}
