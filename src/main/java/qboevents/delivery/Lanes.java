// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of each instance's queue: what of it is claimed and waits here to be sent, how much is being sent,
 * and when the rest is next worth a look. So a long queue of one instance costs nothing when the others are looked at.
 * Losing all of it is harmless: the database is asked again.
 */
final class Lanes {

    private static final int CLAIMED_AHEAD = 8; // rounds of an instance's hands

    private final int hands;
    private final int handsOfOne;
    private final long room;
    private final Map<Long, Lane> lanes = new HashMap<>();
    private final Deque<Lane> turns = new ArrayDeque<>(); // those that have something to send and hands for it
    private final NavigableSet<Lane> looks = // those with a time to look, soonest first
            new TreeSet<>(Comparator.comparing((Lane lane) -> lane.look).thenComparing(lane -> lane.instanceId));
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

    private static final class Lane {

        private final long instanceId;
        private final Deque<Delivery> waiting = new ArrayDeque<>();
        private @Nullable Instant look;
        private boolean looking;
        private boolean inTurn;
        private int admitted;
        private int underWay;

        private Lane(long instanceId) {
            this.instanceId = instanceId;
        }

        private boolean idle() {
            return waiting.isEmpty() && look == null && !looking && admitted == 0 && underWay == 0;
        }
    }

    private Lane lane(long instanceId) {
        return lanes.computeIfAbsent(instanceId, Lane::new);
    }

    /**
     * Whether something new may be handed over instead of being looked up: there is room, and nothing older of the instance
     * is due in the database. What is admitted must be {@link #add added} or {@link #refuse refused}.
     */
    synchronized boolean admit(long instanceId, int size, Instant now) {
        var lane = lane(instanceId);
        boolean behind = lane.looking || lane.look != null && !lane.look.isAfter(now);
        if (behind || bytes + size > room) {
            forgetIdle(lane);
            return false;
        }
        lane.admitted++;
        bytes += size;
        return true;
    }

    synchronized void add(Delivery delivery) {
        var lane = lane(delivery.instance().id());
        lane.admitted--;
        wait(lane, delivery);
    }

    synchronized void refuse(long instanceId, int size) {
        var lane = lane(instanceId);
        lane.admitted--;
        bytes -= size;
        forgetIdle(lane);
    }

    private void wait(Lane lane, Delivery delivery) {
        lane.waiting.addLast(delivery);
        takeTurn(lane);
    }

    private void takeTurn(Lane lane) {
        if (!lane.inTurn && !lane.waiting.isEmpty() && lane.underWay < handsOfOne) {
            lane.inTurn = true;
            turns.addLast(lane);
        }
    }

    /** Something of this instance is due then. */
    synchronized void expect(long instanceId, Instant time) {
        look(lane(instanceId), time);
    }

    private void look(Lane lane, Instant time) {
        if (lane.look == null || time.isBefore(lane.look)) {
            if (lane.look != null) {
                looks.remove(lane); // found by the time it was put in with
            }
            lane.look = time;
            looks.add(lane);
        }
    }

    /** How many hands are to be started; each asks for {@link #next} until there is nothing. */
    synchronized int start() {
        int needed = underWay;
        for (var lane : turns) {
            needed += Math.min(lane.waiting.size(), handsOfOne - lane.underWay);
            if (needed >= hands) {
                break;
            }
        }
        int more = Math.max(0, Math.min(needed, hands) - working);
        working += more;
        return more;
    }

    /** The next to send, of each instance in turn; null: the hand is not needed any more. */
    synchronized @Nullable Delivery next() {
        var lane = turns.pollFirst();
        if (lane == null) {
            working--;
            return null;
        }
        lane.inTurn = false;
        var delivery = lane.waiting.removeFirst();
        bytes -= delivery.bytes();
        lane.underWay++;
        underWay++;
        takeTurn(lane);
        return delivery;
    }

    /** It was tried, or given back. */
    synchronized void landed(long instanceId) {
        var lane = lane(instanceId);
        lane.underWay--;
        underWay--;
        takeTurn(lane);
        forgetIdle(lane);
    }

    /** Everything of the instance that waits here waits here no longer. */
    synchronized List<Delivery> drain(long instanceId) {
        var lane = lanes.get(instanceId);
        if (lane == null) {
            return List.of();
        }
        var drained = List.copyOf(lane.waiting);
        lane.waiting.clear();
        drained.forEach(delivery -> bytes -= delivery.bytes());
        if (lane.inTurn) {
            lane.inTurn = false;
            turns.remove(lane);
        }
        forgetIdle(lane);
        return drained;
    }

    /** A lane to look at in the database, and how much of it to claim. */
    record Share(long instanceId, int most) {}

    /** The lanes that are worth a look now. Each must be {@link #looked} at. */
    synchronized List<Share> open(Instant now) {
        var open = new ArrayList<Share>();
        for (var lane : List.copyOf(looks)) {
            if (lane.look.isAfter(now) || bytes >= room || open.size() >= hands) {
                break;
            }
            if (hungry(lane)) {
                looks.remove(lane);
                lane.look = null;
                lane.looking = true;
                open.add(new Share(lane.instanceId, handsOfOne * CLAIMED_AHEAD - lane.waiting.size()));
            }
        }
        return open;
    }

    private boolean hungry(Lane lane) {
        return !lane.looking && lane.waiting.size() < handsOfOne;
    }

    /** @param next when the rest is worth a look; null: there is no rest */
    synchronized void looked(long instanceId, List<Delivery> claimed, @Nullable Instant next) {
        var lane = lane(instanceId);
        lane.looking = false;
        claimed.forEach(delivery -> {
            bytes += delivery.bytes();
            wait(lane, delivery);
        });
        if (next != null) {
            look(lane, next);
        }
        forgetIdle(lane);
    }

    /** Whether {@link #open} would find something. */
    synchronized boolean more(Instant now) {
        if (bytes >= room) {
            return false;
        }
        for (var lane : looks) {
            if (lane.look.isAfter(now)) {
                return false;
            }
            if (hungry(lane)) {
                return true;
            }
        }
        return false;
    }

    /** The instances of which something waits here. */
    synchronized List<Long> waiting() {
        return lanes.values().stream().filter(lane -> !lane.waiting.isEmpty()).map(lane -> lane.instanceId).toList();
    }

    private void forgetIdle(Lane lane) {
        if (lane.idle()) {
            lanes.remove(lane.instanceId);
        }
    }
}
