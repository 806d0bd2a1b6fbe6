// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every lane that this node knows of, and its hands, which send one notification after the other of each instance in turn.
 * Also when a lane is next worth a look in the database, so that a long queue of one instance costs nothing when the others
 * are looked at. Losing all of it is harmless: the database is asked again.
 */
final class Lanes {

    private static final int READ_AHEAD = 8; // rounds of an instance's hands

    private final int hands;
    private final int handsOfOne;
    private final long room;
    private final Map<Long, Place> places = new HashMap<>();
    private final Deque<Place> turns = new ArrayDeque<>(); // those that have something to send and hands for it
    private final NavigableSet<Place> looks = // those with a time to look, soonest first
            new TreeSet<>(Comparator.comparing((Place place) -> place.look).thenComparing(place -> place.lane.instanceId));
    private int working;
    private int underWay;
    private long bytes;

    /**
     * @param hands that send at the same time
     * @param handsOfOne of them for one instance
     * @param room bytes that may wait here before what is new stays in the database
     */
    Lanes(int hands, int handsOfOne, long room) {
        this.hands = hands;
        this.handsOfOne = handsOfOne;
        this.room = room;
    }

    private Place place(long instanceId) {
        return places.computeIfAbsent(instanceId, id -> new Place(new Lane(id, handsOfOne)));
    }

    /**
     * Whether something new may be handed over instead of being looked up: the lane is this node's, there is room, and
     * nothing older of the instance is in the database only, or so little that it is here soon. What is admitted must be
     * {@link #add added} or {@link #refuse refused}, what is not must be {@link #written}.
     */
    synchronized boolean admit(long instanceId, int size, Instant now, Instant leasedBeyond) {
        var place = place(instanceId);
        place.usedAt = now;
        boolean leased = place.leasedUntil.isAfter(leasedBeyond);
        if (!leased || bytes + size > room || place.behind(now) && !place.near) {
            place.unseen++;
            return false;
        }
        place.admitted++;
        bytes += size;
        return true;
    }

    synchronized void add(Delivery delivery, Instant now) {
        var place = place(delivery.instance().id());
        place.admitted--;
        if (place.leasedUntil == Instant.MIN) {
            bytes -= delivery.bytes(); // closed meanwhile: it is in the database
            look(place, now);
        } else if (place.behind(now)) {
            place.deferred.put(delivery.id(), delivery);
        } else {
            join(place, delivery);
            takeTurn(place, now);
        }
    }

    private void join(Place place, Delivery delivery) {
        if (!place.lane.add(delivery)) {
            bytes -= delivery.bytes();
        }
    }

    /** What was deferred is in the database, too. */
    private void dropDeferred(Place place) {
        place.deferred.values().forEach(delivery -> bytes -= delivery.bytes());
        place.deferred.clear();
        place.near = false;
    }

    synchronized void refuse(long instanceId, int size) {
        place(instanceId).admitted--;
        bytes -= size;
    }

    /** What was not handed over is in the database now, or is not. */
    synchronized void written(long instanceId, boolean committed, Instant time) {
        var place = place(instanceId);
        place.unseen--;
        if (committed || !place.deferred.isEmpty()) {
            look(place, time);
        }
    }

    /** Something of this instance is due then. */
    synchronized void expect(long instanceId, Instant time) {
        look(place(instanceId), time);
    }

    private void look(Place place, Instant time) {
        place.again |= place.looking;
        if (place.look == null || time.isBefore(place.look)) {
            if (place.look != null) {
                looks.remove(place); // found by the time it was put in with
            }
            place.look = time;
            looks.add(place);
        }
    }

    private void takeTurn(Place place, Instant now) {
        if (!place.inTurn && place.ending == 0 && place.lane.hasNext(now)) {
            place.inTurn = true;
            turns.addLast(place);
        }
    }

    /** How many hands are to be started; each asks for {@link #next} until there is nothing. */
    synchronized int start() {
        int needed = underWay;
        for (var place : turns) {
            needed += place.lane.down() ? 1 : Math.min(place.lane.waiting(), handsOfOne - place.lane.underWay());
            if (needed >= hands) {
                break;
            }
        }
        int more = Math.max(0, Math.min(needed, hands) - working);
        working += more;
        return more;
    }

    /**
     * The next to send, of each instance in turn; null: the hand is not needed any more.
     *
     * @param leasedBeyond what is begun now ends before that
     */
    synchronized @Nullable Delivery next(Instant now, Instant leasedBeyond) {
        for (var place = turns.pollFirst(); place != null; place = turns.pollFirst()) {
            place.inTurn = false;
            if (place.leasedUntil.isAfter(leasedBeyond) && place.ending == 0 && place.lane.hasNext(now)) {
                var delivery = place.lane.next();
                bytes -= delivery.bytes();
                underWay++;
                place.usedAt = now;
                takeTurn(place, now);
                return delivery;
            }
        }
        working--;
        return null;
    }

    /** A hand asks for no more. */
    synchronized void end() {
        working--;
    }

    /** What came of a try, as soon as that is known. */
    synchronized void answered(Outcome outcome, Instant now) {
        var place = place(outcome.delivery().instance().id());
        underWay--;
        if (outcome instanceof Outcome.Delivered) {
            place.lane.delivered(outcome.delivery().id());
        } else if (outcome instanceof Outcome.RetryAt retry) {
            place.lane.refused(outcome.delivery().id(), retry.time(), now);
            look(place, retry.time());
        } else {
            place.ending++; // nothing follows it, now or after the instance is held
            place.lane.settled(outcome.delivery().id());
        }
        takeTurn(place, now);
    }

    /** It was not sent after all, and the lane is {@link #close closed}. */
    synchronized void untried(Delivery delivery) {
        var place = place(delivery.instance().id());
        underWay--;
        place.lane.settled(delivery.id());
        place.lane.written(delivery.id());
    }

    /** It is on disk. */
    synchronized void settled(List<Outcome> outcomes, Instant now) {
        for (var outcome : outcomes) {
            var place = place(outcome.delivery().instance().id());
            if (place.looking) {
                place.settled.add(outcome.delivery().id());
            } else {
                place.lane.written(outcome.delivery().id());
            }
            if (outcome instanceof Outcome.Dead) {
                place.ending--;
                clear(place);
            }
        }
    }

    /** Nothing of it waits here any more; what is owed is in the database. */
    synchronized void close(long instanceId) {
        var place = places.get(instanceId);
        if (place != null) {
            clear(place);
        }
    }

    private void clear(Place place) {
        dropDeferred(place);
        place.lane.clear().forEach(delivery -> bytes -= delivery.bytes());
        place.leasedUntil = Instant.MIN;
        if (place.inTurn) {
            place.inTurn = false;
            turns.remove(place);
        }
    }

    /**
     * A lane to look at in the database.
     *
     * @param most to read of it
     * @param known notifications that the database still has and that are here already
     * @param parked those of them whose time has come
     */
    record Look(long instanceId, boolean leased, int most, int known, List<Owed> parked) {}

    /** The lanes that are worth a look now. Each must be {@link #looked} at. */
    synchronized List<Look> open(Instant now, Instant leasedBeyond) {
        if (bytes >= room) {
            places.values().stream().filter(place -> !place.deferred.isEmpty()).forEach(place -> {
                dropDeferred(place);
                look(place, now);
            });
        }
        var open = new ArrayList<Look>();
        for (var place : List.copyOf(looks)) {
            if (place.look.isAfter(now) || bytes >= room || open.size() >= hands) {
                break;
            }
            if (hungry(place)) {
                looks.remove(place);
                place.look = null;
                place.looking = true;
                place.again = false;
                int most = place.lane.down() ? handsOfOne : handsOfOne * READ_AHEAD;
                open.add(new Look(place.lane.instanceId, place.leasedUntil.isAfter(leasedBeyond), most,
                        place.lane.known() + place.deferred.size(), place.lane.due(now, most)));
            }
        }
        return open;
    }

    private boolean hungry(Place place) {
        return !place.looking && place.ending == 0
                && place.lane.waiting() < (place.lane.down() ? 1 : handsOfOne);
    }

    synchronized boolean knows(long instanceId, long id) {
        var place = places.get(instanceId);
        return place != null && (place.lane.knows(id) || place.deferred.containsKey(id));
    }

    synchronized int known(long instanceId) {
        var place = places.get(instanceId);
        return place == null ? 0 : place.lane.known() + place.deferred.size();
    }

    /** Of an instance whose lane this node has just been given: tried, and due later. */
    synchronized void park(long instanceId, Map<Owed, Instant> parked) {
        var place = place(instanceId);
        parked.forEach((owed, until) -> {
            place.lane.park(owed, until);
            look(place, until);
        });
    }

    synchronized void leased(long instanceId, Instant until) {
        place(instanceId).leasedUntil = until;
    }

    /** @param next when the lane is worth another look; null: nothing of it is in the database only */
    synchronized void looked(long instanceId, List<Delivery> found, @Nullable Instant next, Instant now) {
        var place = place(instanceId);
        place.looking = false;
        for (var delivery : found) {
            if (place.lane.add(delivery)) {
                bytes += delivery.bytes();
            }
        }
        place.settled.forEach(place.lane::written);
        place.settled.clear();
        place.near = next == null || next.isAfter(now);
        if (place.again) {
            look(place, now);
        }
        for (var time : new Instant[] {next, place.lane.nextDue()}) {
            if (time != null) {
                look(place, time);
            }
        }
        if (!place.behind(now)) { // everything older is here
            List.copyOf(place.deferred.values()).forEach(delivery -> join(place, delivery));
            place.deferred.clear();
        }
        takeTurn(place, now);
    }

    /** Whether {@link #open} would find something. */
    synchronized boolean more(Instant now) {
        if (bytes >= room && places.values().stream().allMatch(place -> place.deferred.isEmpty())) {
            return false;
        }
        for (var place : looks) {
            if (place.look.isAfter(now)) {
                return false;
            }
            if (hungry(place)) {
                return true;
            }
        }
        return false;
    }

    /** Lanes whose receiver was down may be worth another try now. */
    synchronized void probe(Instant now) {
        places.values().forEach(place -> takeTurn(place, now));
    }

    /** The instances of which something waits here. */
    synchronized List<Long> busy() {
        return places.values().stream().filter(place -> !place.lane.isEmpty()).map(place -> place.lane.instanceId).toList();
    }

    /** The lanes whose lease ends before that and is wanted for longer; those that nobody has used are forgotten. */
    synchronized List<Long> toRenew(Instant endingBefore, Instant unusedSince) {
        places.values().removeIf(place -> place.idle() && place.usedAt.isBefore(unusedSince));
        return places.values().stream()
                .filter(place -> place.leasedUntil.isAfter(Instant.MIN) && place.leasedUntil.isBefore(endingBefore))
                .map(place -> place.lane.instanceId)
                .toList();
    }

    /** These were renewed, the others of those asked for are another node's now. */
    synchronized void renewed(Collection<Long> asked, Collection<Long> renewed, Instant until, Instant now) {
        for (var id : asked) {
            var place = place(id);
            if (renewed.contains(id)) {
                place.leasedUntil = until;
                takeTurn(place, now);
            } else {
                clear(place);
                look(place, now);
            }
        }
    }
}
