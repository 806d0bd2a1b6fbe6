// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import qboevents.event.Event;
import qboevents.http.EndBefore;
import qboevents.instance.Instance;

/**
 * One notification that is owed.
 *
 * @param id the first event id of its run
 * @param lastId the last
 * @param attempts before this one
 * @param status as it was read: {@code due}, {@code retry}, {@code again}, {@code repeat} or {@code replay}
 * @param startedAt when this try began; before that, when the notification was read
 * @param endBefore when this try has to be over; before it begins, long ago
 * @param traceparent of the poll or webhook that brought it; null: nobody traced
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
        EndBefore endBefore,
        @Nullable String traceparent,
        List<Event> events) {

    static final Comparator<Delivery> OLDEST_FIRST = Comparator.comparing(Delivery::createdAt).thenComparing(Delivery::id);

    private static final int OVERHEAD = 500;
    private static final EndBefore NOT_BEGUN = EndBefore.in(Duration.ZERO);

    /** Not begun yet. */
    Delivery(long id, long lastId, Instance instance, String resource, int attempts, String status, Instant createdAt,
            Instant readAt, @Nullable String traceparent, List<Event> events) {
        this(id, lastId, instance, resource, attempts, status, createdAt, readAt, NOT_BEGUN, traceparent, events);
    }

    /** An operator asks for it, whatever else is held. */
    boolean again() {
        return status.equals("again") || status.equals("repeat");
    }

    /** It was delivered before: nothing has to wait for it. */
    boolean repeat() {
        return status.equals("repeat") || status.equals("replay");
    }

    /** A repetition stays one: it must hold back nothing, and its last failure deactivates nothing. */
    String statusAfterFailure() {
        return repeat() ? status : "retry";
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

    /** Of the object it tells of; what was gathered for a POST before the operator named another endpoint has the first one's. */
    String key() {
        return instance.id() + "/" + resource + "/" + events.get(0).objectId();
    }

    /** To the instance as it is now. */
    Delivery started(Instance current, Instant now, EndBefore end) {
        return new Delivery(id, lastId, current, resource, attempts, status, createdAt, now, end, traceparent, events);
    }
}
