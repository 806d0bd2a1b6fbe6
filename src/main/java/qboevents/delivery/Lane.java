// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Duration;
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
import qboevents.delivery.Owed.ObjectKey;
import qboevents.delivery.Owed.State;

/**
 * What is owed to one instance, as far as this node has it in memory, in the order in which it may be sent: of each object of
 * QuickBooks the older state first, and the next one only when that has been taken. Not safe for threads; {@link Lanes} is.
 */
final class Lane {

    /** So many new notifications refused in a row, and the receiver is taken to be down. */
    private static final int DOWN = 4;
    /** So many one after the other, the oldest first, where much was held back: side by side they would arrive in any order. */
    static final int IN_LINE = 200;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    final long instanceId;

    private final int hands;
    private final Pace pace;
    private final Map<Long, Owed> known = new HashMap<>();
    private final Map<ObjectKey, List<Owed>> objects = new HashMap<>(); // what is not delivered yet, the oldest first
    private final Deque<Owed> ready = new ArrayDeque<>();
    private final NavigableSet<Owed> first = new TreeSet<>(Owed.OLDEST_FIRST); // what was tried before, or has waited for an older state
    private final NavigableSet<Owed> parked =
            new TreeSet<>(Comparator.comparing((Owed owed) -> owed.until).thenComparing(owed -> owed.id));
    private boolean old; // what is next, since long ago
    private int underWay;
    private int refusedOnes;
    private boolean crowded;
    private int inLine; // to be sent one at a time
    private int refused; // new ones, since anything was taken
    private Instant probeAt = Instant.MIN;
    private Duration pause = FIRST_PAUSE;

    /**
     * @param hands notifications under way at the same time
     * @param pace of what is owed since long ago
     */
    Lane(long instanceId, int hands, Pace pace) {
        this.instanceId = instanceId;
        this.hands = hands;
        this.pace = pace;
    }

    /** @return whether it was not known; what is known and parked is due now */
    boolean add(Delivery delivery) {
        var before = known.get(delivery.id());
        if (before != null) {
            return before.state == State.PARKED && before.delivery == null && awake(before, delivery);
        }
        var owed = Owed.of(delivery);
        queue(owed);
        offer(owed, false);
        return true;
    }

    /** Not due yet, and in front of what is newer of its objects. */
    void park(Owed owed, Instant until) {
        if (!known.containsKey(owed.id)) {
            queue(owed);
            park(until, owed);
        }
    }

    private void park(Instant until, Owed owed) {
        if (!owed.refused) {
            owed.refused = true;
            refusedOnes++;
        }
        owed.state = State.PARKED;
        owed.delivery = null;
        owed.until = until;
        parked.add(owed);
    }

    private boolean awake(Owed owed, Delivery delivery) {
        parked.remove(owed);
        owed.delivery = delivery;
        owed.state = State.WAITING;
        offer(owed, true);
        return true;
    }

    private void queue(Owed owed) {
        known.put(owed.id, owed);
        for (var object : owed.objects) {
            var line = objects.computeIfAbsent(object, key -> new ArrayList<>(1));
            int place = line.size();
            while (place > 0 && owed.before(line.get(place - 1)) && line.get(place - 1).state != State.UNDER_WAY) {
                place--;
            }
            line.add(place, owed);
        }
    }

    private void offer(Owed owed, boolean before) {
        if (!owed.listed && owed.state == State.WAITING && inFront(owed)) {
            owed.listed = true;
            if (before) {
                first.add(owed);
            } else {
                ready.addLast(owed);
            }
        }
    }

    private @Nullable Owed head() {
        return readyIsNext() ? ready.peekFirst() : first.first();
    }

    private Owed pollHead() {
        var owed = readyIsNext() ? ready.pollFirst() : first.pollFirst();
        owed.listed = false;
        return owed;
    }

    private boolean readyIsNext() {
        return first.isEmpty() || inLine > 0 && !ready.isEmpty() && ready.getFirst().before(first.first());
    }

    private boolean inFront(Owed owed) {
        for (var object : owed.objects) {
            if (objects.get(object).get(0) != owed) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@link #next} would give something. */
    boolean hasNext(Instant now) {
        if (underWay >= hands) {
            return false;
        }
        for (var owed = head(); owed != null; owed = head()) {
            if (owed.state == State.WAITING && inFront(owed)) {
                old = owed.attempts == 0 && Pace.isOld(owed.createdAt, now);
                return underWay < hands() && mayBeTried(owed) && (!down() || owed.attempts > 0 || !now.isBefore(probeAt));
            }
            pollHead(); // something older came in front of it
        }
        return false;
    }

    private boolean mayBeTried(Owed owed) {
        return !crowded || owed.needed || !owed.isNew();
    }

    /** What {@link #next} would give; only after {@link #hasNext}. */
    Delivery peek() {
        return head().delivery;
    }

    /** The next to send; only after {@link #hasNext}. */
    Delivery next() {
        var owed = pollHead();
        owed.state = State.UNDER_WAY;
        underWay++;
        var delivery = owed.delivery;
        owed.delivery = null;
        return delivery;
    }

    /** The receiver has taken it: what is newer of its objects may follow. */
    void delivered(long id) {
        refused = 0;
        inLine = Math.max(0, inLine - 1);
        pause = FIRST_PAUSE;
        settled(id);
    }

    /** It is over with it, until it is read from the database again. */
    void settled(long id) {
        var owed = known.get(id);
        if (owed != null && owed.state == State.UNDER_WAY) {
            underWay--;
            owed.state = State.DONE;
            relieve(owed);
            leave(owed);
        }
    }

    private void relieve(Owed owed) {
        if (owed.refused) {
            owed.refused = false;
            refusedOnes--;
        }
    }

    /** @return whether the receiver has gone down with it */
    boolean refused(long id, Instant until, Instant now) {
        var owed = known.get(id);
        if (owed == null || owed.state != State.UNDER_WAY) {
            return false;
        }
        boolean was = down();
        underWay--;
        if (owed.attempts++ == 0 && ++refused >= DOWN && !now.isBefore(probeAt)) {
            probeAt = now.plus(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        owed.onDisk = false;
        park(until, owed);
        return down() && !was;
    }

    /**
     * Forgets what waits.
     *
     * @return all of it
     */
    List<Delivery> shed() {
        var waiting = known.values().stream().filter(owed -> owed.state == State.WAITING).toList();
        var shed = waiting.stream().map(owed -> owed.delivery).toList();
        waiting.stream().filter(owed -> owed.onDisk).forEach(this::forget);
        waiting.stream().filter(owed -> !owed.onDisk).forEach(this::parkAgain);
        ready.clear();
        first.clear();
        return shed;
    }

    /** The database does not have it as a retry yet, and what is newer of its objects must not be read without it. */
    private void parkAgain(Owed owed) {
        owed.state = State.PARKED;
        owed.listed = false;
        owed.delivery = null;
        parked.add(owed);
    }

    private void forget(Owed owed) {
        known.remove(owed.id);
        relieve(owed);
        for (var object : owed.objects) {
            objects.get(object).remove(owed);
            objects.computeIfPresent(object, (key, line) -> line.isEmpty() ? null : line);
        }
    }

    /**
     * Forgets what is new, the newest first: what is in front of something that stays has to be sent before it, and stays.
     *
     * @return what is forgotten
     */
    List<Delivery> shedNew() {
        var fresh = known.values().stream().filter(Owed::isNew)
                .sorted(Owed.OLDEST_FIRST.reversed()).toList();
        var forgotten = new ArrayList<Delivery>();
        for (var owed : fresh) {
            owed.needed = !owed.objects.stream().allMatch(object -> isLast(owed, objects.get(object)));
            if (!owed.needed) {
                forget(owed);
                forgotten.add(owed.delivery);
            }
        }
        ready.removeIf(owed -> known.get(owed.id) != owed);
        first.removeIf(owed -> known.get(owed.id) != owed);
        return forgotten;
    }

    private static boolean isLast(Owed owed, List<Owed> line) {
        return line.get(line.size() - 1) == owed;
    }

    /** Whether it tries nothing new, because too much of it waits for its retry. */
    void crowded(boolean crowded) {
        this.crowded = crowded;
    }

    private void leave(Owed owed) {
        for (var object : owed.objects) {
            var line = objects.get(object);
            line.remove(owed);
            if (line.isEmpty()) {
                objects.remove(object);
            } else {
                offer(line.get(0), true);
            }
        }
    }

    /** It is over with it on disk, too. */
    void written(long id) {
        var owed = known.get(id);
        if (owed != null && owed.state == State.DONE) {
            known.remove(id);
        } else if (owed != null) {
            owed.onDisk = true;
        }
    }

    /** A refusal is on disk; it may have been tried again meanwhile, and what became of that is not there yet. */
    void postponed(long id, int attempts) {
        var owed = known.get(id);
        if (owed != null && owed.state != State.DONE && owed.attempts == attempts) {
            owed.onDisk = true;
        }
    }

    /** It waits for its retry in the database alone. */
    void leaveToDatabase(long id) {
        var owed = known.get(id);
        if (owed != null && owed.state == State.PARKED && owed.onDisk) {
            parked.remove(owed);
            forget(owed);
        }
    }

    /** Those parked that are due, to be read again and {@link #add added}. */
    List<Owed> due(Instant now, int most) {
        return parked.stream().takeWhile(owed -> !owed.until.isAfter(now)).limit(most).toList();
    }

    @Nullable Instant nextDue() {
        return parked.isEmpty() ? null : parked.first().until;
    }

    /**
     * Nothing of it is sent from here any more; only what is under way, or not written down yet, is remembered.
     *
     * @return what waited in memory
     */
    List<Delivery> clear() {
        var waited = known.values().stream().filter(owed -> owed.delivery != null).map(owed -> owed.delivery).toList();
        known.values().stream().filter(owed -> owed.state == State.WAITING && !owed.onDisk).forEach(this::parkAgain);
        known.values().removeIf(owed -> owed.state == State.WAITING || owed.state == State.PARKED && owed.onDisk);
        parked.removeIf(owed -> owed.onDisk);
        ready.clear();
        first.clear();
        objects.clear();
        known.values().stream().filter(owed -> owed.state != State.DONE).sorted(Owed.OLDEST_FIRST)
                .forEach(owed -> owed.objects.forEach(object -> objects.computeIfAbsent(object, key -> new ArrayList<>(1)).add(owed)));
        refusedOnes = (int) known.values().stream().filter(owed -> owed.refused).count();
        refused = 0;
        pause = FIRST_PAUSE;
        standInLine();
        return waited;
    }

    /** What follows was held back: the receiver gets it in its order. */
    void standInLine() {
        inLine = IN_LINE;
    }

    /** Whether the database has nothing to tell of it. What is parked may have been made due there. */
    boolean knows(long id) {
        var owed = known.get(id);
        return owed != null && !(owed.state == State.PARKED && owed.onDisk);
    }

    /** Whether it waits here for its retry, or is due again. */
    boolean hasRefused(long id) {
        var owed = known.get(id);
        return owed != null && owed.refused;
    }

    /** How many were refused and not taken since, due or not. */
    int refusedOnes() {
        return refusedOnes;
    }

    int known() {
        return known.size();
    }

    /** How many can be sent as soon as there are hands for them. */
    int waiting() {
        return first.size() + ready.size();
    }

    int underWay() {
        return underWay;
    }

    /** At the same time. */
    int hands() {
        return down() || inLine > 0 ? 1 : old ? pace.hands() : hands;
    }

    /** Refuses everything, so that one at a time is sent, and what is new only now and then. */
    boolean down() {
        return refused >= DOWN;
    }

    boolean isEmpty() {
        return known.isEmpty();
    }
}
