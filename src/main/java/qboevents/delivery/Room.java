// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

/** How much of what is owed may wait in memory, by bytes, and how much of it one instance's. Guarded by {@link Lanes}. */
final class Room {

    private final long room;
    private final long share;
    private long bytes;

    /**
     * @param room bytes that may wait before what is new stays in the database
     * @param share of it that each instance can count on, whatever waits for others: one half is for who comes first, of the
     *     other nobody has more than that
     */
    Room(long room, long share) {
        this.room = room;
        this.share = share;
    }

    /** For a receiver that is down nothing is kept but what it is tried with next, for a crowded lane nothing new. */
    boolean isFor(Place place, int size) {
        long all = bytes + size;
        return !place.crowded && all <= room && (all <= room / 2 || place.bytes + size <= share)
                && !(place.lane.down() && place.lane.waiting() > 0);
    }

    /** Whether it has less than it can count on. */
    boolean owes(Place place) {
        return place.bytes < share;
    }

    boolean isFull() {
        return bytes >= room;
    }

    void take(Place place, long size) {
        place.bytes += size;
        bytes += size;
    }

    void give(Place place, long size) {
        take(place, -size);
    }

    void give(Place place, Iterable<Delivery> deliveries) {
        deliveries.forEach(delivery -> give(place, delivery.bytes()));
    }
}
