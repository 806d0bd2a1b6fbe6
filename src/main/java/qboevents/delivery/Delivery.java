// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.List;
import qboevents.event.Event;
import qboevents.instance.Instance;

/**
 * One notification that is owed.
 *
 * @param id the first event id of its run
 * @param lastId the last
 * @param attempts before this one
 * @param status as it was read: {@code due}, {@code retry}, {@code again}, {@code repeat} or {@code replay}
 * @param startedAt when this try began; before that, when the notification was read
 */
record Delivery(
        long id,
        long lastId,
        Instance instance,
        String resource,
        int attempts,
        String status,
        Instant createdAt,
        Instant startedAt,
        List<Event> events) {

    private static final int OVERHEAD = 500;

    /** An operator asks for it, whatever else is held. */
    boolean again() {
        return status.equals("again") || status.equals("repeat");
    }

    /** It was delivered before: nothing has to wait for it. */
    boolean repeat() {
        return status.equals("repeat") || status.equals("replay");
    }

    /** Roughly what it takes up while it waits in memory. */
    int bytes() {
        return bytes(events);
    }

    static int bytes(List<Event> events) {
        int bytes = OVERHEAD;
        for (var event : events) {
            bytes += event.record().length + OVERHEAD;
        }
        return bytes;
    }

    /** To the instance as it is now. */
    Delivery started(Instance current, Instant now) {
        return new Delivery(id, lastId, current, resource, attempts, status, createdAt, now, events);
    }
}
