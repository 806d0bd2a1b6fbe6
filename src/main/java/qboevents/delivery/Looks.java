// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * When each lane is next worth a look in the database, so that a long queue of one instance costs nothing when the others
 * are looked at. Guarded by {@link Lanes}.
 */
final class Looks {

    private final NavigableSet<Place> soonestFirst =
            new TreeSet<>(Comparator.comparing((Place place) -> place.look).thenComparing(place -> place.lane.instanceId));

    void expect(Place place, Instant time) {
        place.again |= place.looking;
        if (place.look == null || time.isBefore(place.look)) {
            if (place.look != null) {
                soonestFirst.remove(place); // found by the time it was put in with
            }
            place.look = time;
            soonestFirst.add(place);
        }
    }

    List<Place> due(Instant now) {
        return soonestFirst.stream().takeWhile(place -> !place.look.isAfter(now)).toList();
    }

    boolean anyDue(Instant now, Predicate<Place> such) {
        for (var place : soonestFirst) {
            if (place.look.isAfter(now)) {
                return false;
            }
            if (such.test(place)) {
                return true;
            }
        }
        return false;
    }

    void begin(Place place) {
        soonestFirst.remove(place);
        place.look = null;
        place.looking = true;
        place.again = false;
    }
}
