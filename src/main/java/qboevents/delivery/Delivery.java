// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.List;
import qboevents.event.Event;
import qboevents.instance.Instance;

/**
 * One notification, claimed for one try.
 *
 * @param id the first event id of its run
 * @param attempts before this one
 * @param dueAt as it was read: whoever claims it first changes that
 * @param claim names this try when it is settled
 * @param leasedUntil when another may claim it
 */
record Delivery(
        long id,
        Instance instance,
        String resource,
        int attempts,
        Instant createdAt,
        Instant dueAt,
        long claim,
        Instant leasedUntil,
        List<Event> events) {

    private static final int OVERHEAD = 500;

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

    Delivery to(Instance current) {
        return current == instance
                ? this
                : new Delivery(id, current, resource, attempts, createdAt, dueAt, claim, leasedUntil, events);
    }
}
