// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.List;

/**
 * What is new and handed over to its lane at once, instead of being read from the database: admitted before it is committed, added
 * after, and deferred while something older may be in the database only. Guarded by {@link Lanes}.
 */
final class HandOver {

    private final Room room;
    private final Looks looks;
    private final Turns turns;

    HandOver(Room room, Looks looks, Turns turns) {
        this.room = room;
        this.looks = looks;
        this.turns = turns;
    }

    boolean admit(Place place, long id, int size, Instant now, Instant leasedBeyond) {
        place.usedAt = now;
        boolean leased = place.leasedUntil.isAfter(leasedBeyond);
        if (!leased || !room.isFor(place, size) || place.behind(now) && !place.near) {
            place.unseen++;
            return false;
        }
        place.admitted.put(id, false);
        room.take(place, size);
        return true;
    }

    void refuse(Place place, long id, int size) {
        place.admitted.remove(id);
        room.give(place, size);
    }

    void add(Place place, Delivery delivery, Instant now) {
        boolean inOrder = place.admitted.isEmpty() || place.admitted.keySet().iterator().next() == delivery.id();
        boolean found = Boolean.TRUE.equals(place.admitted.remove(delivery.id()));
        if (place.leasedUntil == Instant.MIN) {
            room.give(place, delivery.bytes()); // closed meanwhile: it is in the database
            looks.expect(place, now);
        } else if (found || place.crowded) {
            room.give(place, delivery.bytes()); // and may be delivered and forgotten by now, or is read when its turn has come
        } else if (!inOrder) {
            room.give(place, delivery.bytes()); // what was committed before it, by another thread, is on its way here, and may be older
            looks.expect(place, now);
        } else if (place.behind(now)) {
            place.deferred.put(delivery.id(), delivery);
        } else {
            join(place, delivery);
            turns.take(place, now);
        }
    }

    private void join(Place place, Delivery delivery) {
        if (!place.lane.add(delivery)) {
            room.give(place, delivery.bytes());
        }
    }

    /** What was not admitted is in the database now, or is not. */
    void written(Place place, boolean committed, Instant time) {
        place.unseen--;
        if (!place.crowded && (committed || !place.deferred.isEmpty())) {
            looks.expect(place, time);
        }
    }

    /** That was found in the database: it need not come from here, and later it may be delivered and forgotten. */
    void found(Place place, Delivery delivery) {
        place.admitted.computeIfPresent(delivery.id(), (id, before) -> true); // committed, and not handed over yet
        var handedOver = place.deferred.remove(delivery.id());
        if (handedOver != null) {
            room.give(place, handedOver.bytes());
        }
    }

    /** What is deferred is not read, since it is here, and what was read may be newer: all that is older than that is here now. */
    void joinOlder(Place place, List<Delivery> found) {
        var newest = found.stream().filter(delivery -> delivery.status().equals("due")).max(Delivery.OLDEST_FIRST);
        newest.ifPresent(read -> place.deferred.values().removeIf(delivery -> {
            boolean older = Delivery.OLDEST_FIRST.compare(delivery, read) < 0;
            if (older) {
                join(place, delivery);
            }
            return older;
        }));
    }

    /** Everything older is here. */
    void joinAll(Place place) {
        List.copyOf(place.deferred.values()).forEach(delivery -> join(place, delivery));
        place.deferred.clear();
    }

    /** What was deferred is in the database, too. */
    void drop(Place place) {
        room.give(place, place.deferred.values());
        place.deferred.clear();
        place.near = false;
    }
}
