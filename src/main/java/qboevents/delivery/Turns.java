// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: lanes that have something to send and hands for it, one notification each, as long as their receivers'
 * hosts have room. Guarded by {@link Lanes}.
 */
final class Turns {

    private final Hosts hosts;
    private final Deque<Place> places = new ArrayDeque<>();

    /** @param handsOfHost at one receiver's host */
    Turns(int handsOfHost) {
        this.hosts = new Hosts(handsOfHost);
    }

    void take(Place place, Instant now) {
        if (!place.inTurn && place.ending == 0 && place.lane.hasNext(now)) {
            place.inTurn = true;
            places.addLast(place);
        }
    }

    /** @return whose turn it is, with a hand at its host; null: nobody's */
    @Nullable Place next(Predicate<Place> useful) {
        for (var place = places.pollFirst(); place != null; place = places.pollFirst()) {
            place.inTurn = false;
            var waitedFor = place.waitsFor;
            place.waitsFor = null;
            boolean wanted = useful.test(place);
            var host = wanted ? hosts.enter(place, place.lane.peek()) : null;
            if (wanted && host == null) {
                place.inTurn = true;
            }
            if (waitedFor != host && waitedFor != place.waitsFor) {
                passOn(waitedFor); // it has no use for the turn that it was given
            }
            if (host != null) {
                return place;
            }
        }
        return null;
    }

    /** The hand has left the host. */
    void leave(long deliveryId) {
        give(hosts.leave(deliveryId));
    }

    void forget(Place place) {
        if (place.inTurn) {
            place.inTurn = false;
            if (places.remove(place)) {
                passOn(place.waitsFor);
            }
            hosts.forget(place);
        }
    }

    private void passOn(Hosts.@Nullable Host host) {
        if (host != null) {
            give(hosts.next(host));
        }
    }

    private void give(@Nullable Place place) {
        if (place != null) {
            places.addLast(place);
        }
    }

    /** How many hands would find something, no more than asked for. */
    int wanted(int most) {
        int wanted = 0;
        for (var place : places) {
            wanted += Math.max(0, Math.min(place.lane.waiting(), place.lane.hands() - place.lane.underWay()));
            if (wanted >= most) {
                return most;
            }
        }
        return wanted;
    }
}
