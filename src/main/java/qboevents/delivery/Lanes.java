// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every lane that this node knows of, and its hands, which send one notification after the other of each instance in turn.
 * Losing all of it is harmless: the database is asked again.
 */
final class Lanes {

    private static final int READ_AHEAD = 8; // rounds of an instance's hands

    private final int hands;
    private final int handsOfOne;
    private final Pace pace;
    private final Room room;
    private final Crowd crowd;
    private final Turns turns;
    private final Looks looks = new Looks();
    private final HandOver handOver;
    private final Shedding shedding;
    private final Map<Long, Place> places = new HashMap<>();
    private int working;
    private int underWay;

    /**
     * @param hands that send at the same time
     * @param handsOfOne of them for one instance
     * @param handsOfHost of them at one receiver's host
     * @param pace of what is owed since long ago
     * @param room and {@code share} as for {@link Room}
     * @param crowd that may wait for retries
     */
    Lanes(int hands, int handsOfOne, int handsOfHost, Pace pace, long room, long share, Crowd crowd) {
        this.hands = hands;
        this.handsOfOne = handsOfOne;
        this.pace = pace;
        this.room = new Room(room, share);
        this.crowd = crowd;
        this.turns = new Turns(handsOfHost);
        this.handOver = new HandOver(this.room, looks, turns);
        this.shedding = new Shedding(this.room, crowd, looks, turns, handOver);
    }

    private Place place(long instanceId) {
        return places.computeIfAbsent(instanceId, id -> new Place(new Lane(id, handsOfOne, pace)));
    }

    /**
     * Whether something new may be handed over instead of being looked up: the lane is this node's, there is room, and
     * nothing older of the instance is in the database only, or so little that it is here soon. What is admitted must be
     * {@link #add added} or {@link #refuse refused}, what is not must be {@link #written}.
     */
    synchronized boolean admit(long instanceId, long id, int size, Instant now, Instant leasedBeyond) {
        return handOver.admit(place(instanceId), id, size, now, leasedBeyond);
    }

    synchronized void add(Delivery delivery, Instant now) {
        handOver.add(place(delivery.instance().id()), delivery, now);
    }

    synchronized void refuse(long instanceId, long id, int size) {
        handOver.refuse(place(instanceId), id, size);
    }

    /** Admitted, and to be looked up all the same: another node has kept something before it. */
    synchronized void withhold(long instanceId, long id, int size) {
        refuse(instanceId, id, size);
        place(instanceId).unseen++;
    }

    /** What is in the database by that mark is read now. */
    synchronized void marked(long instanceId, long mark) {
        place(instanceId).mark = mark;
    }

    synchronized long mark(long instanceId) {
        return place(instanceId).mark;
    }

    /** What was not handed over is in the database now, or is not. */
    synchronized void written(long instanceId, boolean committed, Instant time) {
        handOver.written(place(instanceId), committed, time);
    }

    /** An operator lets go what was held back. */
    synchronized void released(long instanceId, Instant now) {
        var place = place(instanceId);
        place.lane.standInLine();
        looks.expect(place, now);
    }

    /** Something of this instance is due then. */
    synchronized void expect(long instanceId, Instant time) {
        looks.expect(place(instanceId), time);
    }

    /** How many hands are to be started; each asks for {@link #next} until there is nothing. */
    synchronized int start() {
        int needed = underWay + turns.wanted(Math.max(0, hands - underWay));
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
        var place = turns.next(each -> each.leasedUntil.isAfter(leasedBeyond) && each.ending == 0 && each.lane.hasNext(now));
        if (place == null) {
            working--;
            return null;
        }
        var delivery = place.lane.next();
        room.give(place, delivery.bytes());
        underWay++;
        place.usedAt = now;
        turns.take(place, now);
        return delivery;
    }

    /** A hand asks for no more. */
    synchronized void end() {
        working--;
    }

    /** What came of a try, as soon as that is known. */
    synchronized void answered(Outcome outcome, Instant now) {
        var place = place(outcome.delivery().instance().id());
        underWay--;
        turns.leave(outcome.delivery().id());
        if (outcome instanceof Outcome.Delivered) {
            place.lane.delivered(outcome.delivery().id());
        } else if (outcome instanceof Outcome.RetryAt retry) {
            place.shed |= place.lane.refused(outcome.delivery().id(), retry.time(), now);
            looks.expect(place, retry.time());
            shedding.shed(place, now);
        } else if (outcome instanceof Outcome.Ended) {
            place.lane.settled(outcome.delivery().id());
        } else {
            place.ending++; // nothing follows it, now or after the instance is held
            place.lane.settled(outcome.delivery().id());
        }
        shedding.crowd(place, now);
        turns.take(place, now);
    }

    /** It was not sent after all. The lane is closed with it, and before: nobody may send meanwhile what waited behind it. */
    synchronized void untried(Delivery delivery) {
        var place = place(delivery.instance().id());
        shedding.clear(place);
        underWay--;
        turns.leave(delivery.id());
        place.lane.settled(delivery.id());
        place.lane.written(delivery.id());
    }

    /** It is on disk. */
    synchronized void settled(List<Outcome> outcomes, Instant now) {
        for (var outcome : outcomes) {
            var place = place(outcome.delivery().instance().id());
            if (place.looking) {
                place.settled.add(outcome);
            } else {
                written(place, outcome);
            }
            if (outcome instanceof Outcome.Dead) {
                place.ending--;
                shedding.clear(place);
            }
        }
    }

    private static void written(Place place, Outcome outcome) {
        var delivery = outcome.delivery();
        if (outcome instanceof Outcome.RetryAt) {
            place.lane.postponed(delivery.id(), delivery.attempts() + 1);
        } else {
            place.lane.written(delivery.id());
        }
        if (place.leasedUntil == Instant.MIN) {
            place.lane.leaveToDatabase(delivery.id());
        }
    }

    /** Nothing of it waits here any more; what is owed is in the database. */
    synchronized void close(long instanceId) {
        var place = places.get(instanceId);
        if (place != null) {
            shedding.clear(place);
        }
    }

    /**
     * A lane to look at in the database.
     *
     * @param most to read of it
     * @param parked what was parked and whose time has come
     */
    record Look(long instanceId, boolean leased, int most, List<Owed> parked) {}

    /** How much may be {@link #park parked} of a lane that is taken over. */
    synchronized int mostParked() {
        return crowd.room();
    }

    /** Whether nothing new is to be read of it. */
    synchronized boolean crowded(long instanceId) {
        var place = places.get(instanceId);
        return place != null && place.crowded;
    }

    /** Whether it is one of those that make the lane crowded. */
    synchronized boolean hasRefused(long instanceId, long id) {
        var place = places.get(instanceId);
        return place != null && place.lane.hasRefused(id);
    }

    /** The lanes that are worth a look now. Each must be {@link #looked} at. */
    synchronized List<Look> open(Instant now, Instant leasedBeyond) {
        if (room.isFull()) {
            places.values().stream().filter(place -> !place.deferred.isEmpty()).forEach(place -> {
                handOver.drop(place);
                looks.expect(place, now);
            });
        }
        var open = new ArrayList<Look>();
        for (var place : looks.due(now)) {
            if (open.size() >= hands) {
                break;
            }
            if (hungry(place)) {
                looks.begin(place);
                int most = place.lane.down() || room.isFull() ? handsOfOne : handsOfOne * READ_AHEAD;
                open.add(new Look(place.lane.instanceId, place.leasedUntil.isAfter(leasedBeyond), most,
                        place.lane.due(now, most)));
            }
        }
        return open;
    }

    private boolean hungry(Place place) {
        boolean full = room.isFull();
        return !place.looking && place.ending == 0
                && place.lane.waiting() < (place.lane.down() || full ? 1 : handsOfOne)
                && (!full || room.owes(place) || !place.deferred.isEmpty());
    }

    synchronized boolean knows(long instanceId, long id) {
        var place = places.get(instanceId);
        return place != null && (place.lane.knows(id) || place.deferred.containsKey(id));
    }

    /** Notifications that the database still has and that are here already. */
    synchronized int known(long instanceId) {
        var place = places.get(instanceId);
        return place == null ? 0 : place.lane.known() + place.deferred.size();
    }

    /**
     * Of an instance whose lane this node has just been given: tried, and due later.
     *
     * @param partly more of them are in the database: nothing new is tried before those are here
     */
    synchronized void park(long instanceId, Map<Owed, Instant> parked, boolean partly, Instant now) {
        var place = place(instanceId);
        parked.forEach((owed, until) -> {
            place.lane.park(owed, until);
            looks.expect(place, until);
        });
        place.part = partly ? parked.size() : 0;
        shedding.crowded(place, partly);
        shedding.crowd(place, now);
    }

    synchronized boolean owns(long instanceId, Instant leasedBeyond) {
        var place = places.get(instanceId);
        return place != null && place.leasedUntil.isAfter(leasedBeyond);
    }

    synchronized void leased(long instanceId, Instant until) {
        place(instanceId).leasedUntil = until;
    }

    /** The look failed, and what is new stays behind what may be there until one succeeds. */
    synchronized void unread(long instanceId, Instant again) {
        var place = place(instanceId);
        place.looking = false;
        place.unread = true;
        place.near = false;
        looks.expect(place, again);
    }

    /** @param next when the lane is worth another look; null: nothing of it is in the database only */
    synchronized void looked(long instanceId, List<Delivery> found, @Nullable Instant next, Instant now) {
        var place = place(instanceId);
        place.looking = false;
        place.unread = false;
        boolean closed = place.leasedUntil == Instant.MIN; // perhaps while it was read
        if (closed && !found.isEmpty()) {
            looks.expect(place, now);
        }
        for (var delivery : closed ? List.<Delivery>of() : found) {
            handOver.found(place, delivery);
            if (place.lane.add(delivery)) {
                room.take(place, delivery.bytes());
            }
        }
        handOver.joinOlder(place, closed ? List.of() : found);
        place.settled.forEach(outcome -> written(place, outcome));
        place.settled.clear();
        shedding.shed(place, now);
        shedding.crowd(place, now);
        place.near = next == null || next.isAfter(now);
        if (place.again) {
            looks.expect(place, now);
        }
        for (var time : new Instant[] {next, closed ? null : place.lane.nextDue()}) {
            if (time != null) {
                looks.expect(place, time);
            }
        }
        if (!place.behind(now)) {
            handOver.joinAll(place);
        }
        turns.take(place, now);
    }

    /** Whether {@link #open} would find something. */
    synchronized boolean more(Instant now) {
        return looks.anyDue(now, this::hungry);
    }

    /** Lanes whose receiver was down may be worth another try now. */
    synchronized void probe(Instant now) {
        places.values().forEach(place -> {
            shedding.crowd(place, now); // others may have fewer by now
            turns.take(place, now);
        });
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
            if (place.leasedUntil == Instant.MIN) {
                continue; // closed meanwhile: what waits for its retry is to be read before anything is sent
            }
            if (renewed.contains(id)) {
                place.leasedUntil = until;
                turns.take(place, now);
            } else {
                lose(place, now);
            }
        }
    }

    /** Another node has taken these over. */
    synchronized void lost(Collection<Long> instanceIds, Instant now) {
        instanceIds.forEach(id -> lose(place(id), now));
    }

    private void lose(Place place, Instant now) {
        shedding.clear(place);
        looks.expect(place, now);
    }
}
