// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a lane remembers of a notification until it is settled on disk. */
final class Owed {

    static final Comparator<Owed> OLDEST_FIRST = Comparator.comparing((Owed owed) -> owed.createdAt).thenComparing(owed -> owed.id);

    /** One object of QuickBooks. */
    record ObjectKey(String resource, String objectId) {}

    enum State {
        /** Here to be sent. */
        WAITING,
        UNDER_WAY,
        /** Tried, and due again later; its events are not kept in memory. */
        PARKED,
        /** Sent or given up; not written down yet. */
        DONE
    }

    final long id;
    final long lastId;
    final String resource;
    final String status; // as long as it is not taken
    final Instant createdAt;
    final @Nullable String traceparent;
    final List<ObjectKey> objects;
    int attempts;
    boolean refused; // and not taken since
    boolean needed; // new, and in front of something that was refused
    State state = State.WAITING;
    boolean listed; // among those that are ready
    Instant until = Instant.MIN; // parked
    boolean onDisk = true; // that it was tried, and is due later
    @Nullable Delivery delivery;

    /** @param objects whose states must keep their order */
    Owed(long id, long lastId, String resource, String status, Instant createdAt, int attempts, @Nullable String traceparent,
            List<ObjectKey> objects) {
        this.resource = resource;
        this.status = status;
        this.id = id;
        this.lastId = lastId;
        this.createdAt = createdAt;
        this.attempts = attempts;
        this.traceparent = traceparent;
        this.objects = objects;
    }

    static Owed of(Delivery delivery) {
        var owed = new Owed(delivery.id(), delivery.lastId(), delivery.resource(), delivery.statusAfterFailure(),
                delivery.createdAt(), delivery.attempts(), delivery.traceparent(), objects(delivery));
        owed.delivery = delivery;
        return owed;
    }

    private static List<ObjectKey> objects(Delivery delivery) {
        if (delivery.repeat()) {
            return List.of();
        }
        if (delivery.events().size() == 1) {
            return List.of(new ObjectKey(delivery.resource(), delivery.events().get(0).objectId()));
        }
        return delivery.events().stream()
                .map(event -> new ObjectKey(delivery.resource(), event.objectId())).distinct().toList();
    }

    /** Here to be sent for the first time, and not because an operator asks for it. */
    boolean isNew() {
        return state == State.WAITING && !refused && attempts == 0 && delivery != null
                && (delivery.status().equals("due") || delivery.status().equals("replay"));
    }

    boolean before(Owed other) {
        return OLDEST_FIRST.compare(this, other) < 0;
    }
}
