// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What leaves the memory again, since the database has it too, and is read from there later. Guarded by {@link Lanes}. */
final class Shedding {

    private static final Logger log = LoggerFactory.getLogger(Shedding.class);

    private static final Duration UNTIL_WRITTEN = Duration.ofSeconds(1); // what was taken, or it would be read in vain

    private final Room room;
    private final Crowd crowd;
    private final Looks looks;
    private final Turns turns;
    private final HandOver handOver;

    Shedding(Room room, Crowd crowd, Looks looks, Turns turns, HandOver handOver) {
        this.room = room;
        this.crowd = crowd;
        this.looks = looks;
        this.turns = turns;
        this.handOver = handOver;
    }

    /** What waits for a receiver that has gone down is in the database too, and the room is for others. */
    void shed(Place place, Instant now) {
        if (place.shed && !place.looking) {
            place.shed = false;
            handOver.drop(place);
            room.give(place, place.lane.shed());
            looks.expect(place, now);
        }
    }

    /** What is new waits in the database while too much waits here for its retry. */
    void crowd(Place place, Instant now) {
        crowd.count(place);
        boolean was = place.crowded;
        crowded(place, crowd.isCrowded(place));
        if (place.crowded && !place.looking) {
            handOver.drop(place);
            room.give(place, place.lane.shedNew());
        } else if (was && !place.crowded && place.part > 0) {
            clear(place); // the rest is read with the lane
            looks.expect(place, now.plus(UNTIL_WRITTEN));
        } else if (was && !place.crowded) {
            place.near = false;
            looks.expect(place, now);
        }
    }

    void crowded(Place place, boolean crowded) {
        if (crowded && !place.crowded) {
            log.warn("instance {}: {} notifications wait for their retries; nothing new is tried until half of them are taken",
                    place.lane.instanceId, place.lane.refusedOnes());
        }
        place.crowded = crowded;
        place.lane.crowded(crowded);
    }

    /** Nothing of it waits here any more, or is sent from here before the lane is taken over anew. */
    void clear(Place place) {
        handOver.drop(place);
        room.give(place, place.lane.clear());
        place.leasedUntil = Instant.MIN;
        place.part = 0;
        crowded(place, false);
        crowd.count(place);
        turns.forget(place);
    }
}
