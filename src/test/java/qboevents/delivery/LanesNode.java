// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.delivery.LanesWorld.LEASE;
import static qboevents.delivery.LanesWorld.LONGEST_TRY;
import static qboevents.delivery.LanesWorld.key;
import static qboevents.delivery.Samples.atEase;
import static qboevents.delivery.Samples.delivered;
import static qboevents.delivery.Samples.delivery;
import static qboevents.delivery.Samples.retry;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import qboevents.delivery.LanesWorld.Lease;
import qboevents.delivery.LanesWorld.Row;
import qboevents.delivery.Owed.ObjectKey;

/**
 * A node in a {@link LanesWorld}: what is committed and not handed over yet, what was read before it was settled, a lane that is closed
 * in between. It does with its lanes what Deliveries, DeliveryLanes and Settlements do.
 */
final class LanesNode {

    private static final int OBJECTS = 3;

    private record Told(Delivery delivery, boolean admitted) {}

    private record Turn(List<Told> told, boolean marks, Instant end) {}

    private record Read(List<Delivery> found, @Nullable Instant next) {}

    private record Sending(Delivery delivery, Instant end) {}

    private final int number;
    private final LanesWorld world;
    private final Random random;
    private final Lanes lanes;
    private final Map<Long, Turn> turns = new LinkedHashMap<>(); // in a transaction, of each instance one on all nodes
    private final List<Told> committed = new ArrayList<>(); // not handed over yet, by threads of their own
    private final Map<Lanes.Look, Boolean> opened = new LinkedHashMap<>(); // whether the lane is this node's
    private final Map<Lanes.Look, Read> found = new LinkedHashMap<>();
    private Instant lookedAt = Instant.MIN;
    private final List<Sending> sending = new ArrayList<>();
    private final Queue<Outcome> answered = new ArrayDeque<>();
    private final List<Outcome> settled = new ArrayList<>(); // on disk, the lanes do not know yet
    private final Set<Long> lost = new HashSet<>(); // of which another node has become the owner by then
    private final List<Long> renewing = new ArrayList<>();
    private final Set<Long> renewed = new HashSet<>();
    private Instant renewedUntil = Instant.MIN;

    LanesNode(int number, LanesWorld world) {
        this.number = number;
        this.world = world;
        this.random = world.random;
        int crowd = 2 + random.nextInt(10);
        this.lanes = new Lanes(3, 1 + random.nextInt(3), 3, atEase(2), 200_000, 2000 + random.nextInt(50_000),
                new Crowd(Math.max(1, crowd / 2), crowd));
    }

    private Instant inTime() {
        return world.now.plus(LONGEST_TRY);
    }

    void tell(long instanceId) {
        if (!world.keeping.add(instanceId)) {
            return;
        }
        var run = new ArrayList<Told>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            var one = delivery(instanceId, world.id(), "o" + random.nextInt(OBJECTS));
            run.add(new Told(one, lanes.admit(instanceId, one.id(), one.bytes(), world.now, inTime())));
        }
        boolean marks = !world.alone() && run.stream().anyMatch(told -> !told.admitted()) && !lanes.owns(instanceId, inTime());
        long mark = world.marks.getOrDefault(instanceId, 0L) + (marks ? 1 : 0);
        if (mark != lanes.mark(instanceId)) {
            run.replaceAll(told -> {
                if (told.admitted()) {
                    lanes.withhold(instanceId, told.delivery().id(), told.delivery().bytes());
                }
                return new Told(told.delivery(), false);
            });
        }
        turns.put(instanceId, new Turn(run, marks, inTime()));
    }

    void commit() {
        var first = turns.keySet().stream().findFirst();
        first.ifPresent(id -> {
            var turn = turns.remove(id);
            world.keeping.remove(id);
            if (turn.marks()) {
                world.marks.merge(id, 1L, Long::sum);
            }
            world.commit(turn.told().stream().map(Told::delivery).toList());
            committed.addAll(turn.told());
        });
    }

    /** What was committed together in its order, what another thread has committed perhaps before. */
    void handOver() {
        if (!committed.isEmpty()) {
            var told = committed.remove(random.nextInt(4) > 0 ? 0 : random.nextInt(committed.size()));
            if (told.admitted()) {
                lanes.add(told.delivery(), world.now);
            } else {
                lanes.written(told.delivery().instance().id(), true, told.delivery().createdAt());
            }
        }
    }

    void open() {
        if (opened.isEmpty()) {
            lookedAt = world.now;
            for (var look : lanes.open(world.now, inTime())) {
                long mark = world.marks.getOrDefault(look.instanceId(), 0L);
                boolean ours = look.leased() || takenOver(look.instanceId());
                if (ours) {
                    lanes.marked(look.instanceId(), mark);
                }
                opened.put(look, ours);
            }
        }
    }

    private boolean takenOver(long instanceId) {
        var lease = world.leases.get(instanceId);
        if (lease != null && lease.node() != number && !lease.until().isBefore(world.now)) {
            world.bells.add(instanceId);
            return false;
        }
        var until = world.now.plus(LEASE);
        world.leases.put(instanceId, new Lease(number, until));
        lanes.close(instanceId);
        int most = lanes.mostParked();
        var parked = new LinkedHashMap<Owed, Instant>();
        var all = world.rows(instanceId).filter(row -> row.attempts() > 0).toList();
        var first = all.stream().limit(most + 1).toList();
        // Beyond the most also what is older of the same objects, as DeliveryRows.parked has it.
        all.stream().filter(row -> first.contains(row) || first.stream().anyMatch(each -> key(each.delivery()).equals(key(row.delivery()))
                && row.delivery().id() < each.delivery().id())).forEach(row -> parked.put(owed(row), row.due()));
        lanes.leased(instanceId, until);
        lanes.park(instanceId, parked, parked.size() > most, world.now);
        return true;
    }

    private static Owed owed(Row row) {
        var one = row.delivery();
        return new Owed(one.id(), one.lastId(), one.resource(), "retry", one.createdAt(), row.attempts(), null,
                List.of(new ObjectKey(one.resource(), one.events().get(0).objectId())));
    }

    void read() {
        if (found.isEmpty()) {
            opened.forEach((look, ours) -> found.put(look, ours ? read(look) : new Read(List.of(), null)));
        }
    }

    /** As DeliveryLanes reads: of each status the oldest, and of those what is not known. */
    private Read read(Lanes.Look look) {
        long id = look.instanceId();
        boolean crowded = lanes.crowded(id);
        int most = lanes.known(id) + look.most();
        var retries = world.rows(id).filter(row -> row.attempts() > 0 && !row.due().isAfter(lookedAt)).limit(most);
        var fresh = world.rows(id).filter(row -> row.attempts() == 0 && !crowded && !row.due().isAfter(lookedAt)).limit(most);
        var unknown = Stream.concat(retries, fresh)
                .filter(row -> !lanes.knows(id, row.delivery().id()))
                .filter(row -> !crowded || lanes.hasRefused(id, row.delivery().id()))
                .limit(look.most()).toList();
        var all = new LinkedHashMap<Long, Delivery>();
        unknown.forEach(row -> all.put(row.delivery().id(), row.read()));
        if (look.leased()) {
            look.parked().stream().filter(parked -> world.database.containsKey(parked.id))
                    .forEach(parked -> all.putIfAbsent(parked.id, world.database.get(parked.id).read()));
        }
        return new Read(List.copyOf(all.values()), unknown.size() < look.most() ? null : lookedAt);
    }

    void looked() {
        if (!found.isEmpty()) {
            found.forEach((look, read) -> lanes.looked(look.instanceId(), read.found(), read.next(), lookedAt));
            found.clear();
            opened.clear();
        }
    }

    void send() {
        for (int hands = lanes.start(); hands > 0; hands--) {
            for (var next = lanes.next(world.now, inTime()); next != null; next = lanes.next(world.now, inTime())) {
                world.sent(next);
                sending.add(new Sending(next, inTime()));
            }
        }
    }

    void answer() {
        if (!sending.isEmpty()) {
            var one = sending.remove(random.nextInt(sending.size())).delivery();
            boolean refused = random.nextInt(100) < world.failures;
            if (!refused) {
                world.taken(one);
            }
            var outcome = refused ? retry(one, world.now.plusMillis(random.nextInt(3000))) : delivered(one);
            answered.add(outcome);
            lanes.answered(outcome, world.now);
        }
    }

    void settle() {
        if (settled.isEmpty()) {
            for (var outcome = answered.poll(); outcome != null; outcome = answered.poll()) {
                var one = outcome.delivery();
                settled.add(outcome);
                if (world.leasedUntil(number, one.instance().id()) == null) {
                    lost.add(one.instance().id());
                    world.unsettled(one);
                } else if (outcome instanceof Outcome.RetryAt refused) {
                    world.database.computeIfPresent(one.id(), (id, row) -> new Row(row.delivery(), row.attempts() + 1, refused.time()));
                } else {
                    world.database.remove(one.id());
                }
            }
        }
    }

    void lanesHear() {
        lanes.lost(List.copyOf(lost), world.now);
        lost.clear();
        lanes.settled(List.copyOf(settled), world.now);
        settled.clear();
    }

    /** The leases are renewed, and the lanes hear of it later. Alone in the world, a node loses a lane in between now and then. */
    void lookAround() {
        if (renewing.isEmpty()) {
            renewing.addAll(lanes.toRenew(world.now.plusSeconds(3), world.now.minusSeconds(60)));
            renewedUntil = world.now.plus(LEASE);
            renewing.stream().filter(id -> world.leasedUntil(number, id) != null).forEach(id -> {
                world.leases.put(id, new Lease(number, renewedUntil));
                renewed.add(id);
            });
            if (world.alone() && world.failures > 0 && random.nextInt(4) == 0) {
                lanes.lost(List.of(1L + random.nextInt(LanesWorld.INSTANCES)), world.now);
            }
        } else {
            lanes.renewed(List.copyOf(renewing), Set.copyOf(renewed), renewedUntil, world.now);
            renewing.clear();
            renewed.clear();
        }
        lanes.probe(world.now);
    }

    void lookEverywhere() {
        for (long id = 1; id <= LanesWorld.INSTANCES; id++) {
            long instanceId = id;
            var lease = world.leases.get(id);
            boolean anothers = lease != null && lease.node() != number && !lease.until().isBefore(world.now);
            if (!anothers && world.rows(id).anyMatch(row -> !row.due().isAfter(world.now)
                    && !lanes.knows(instanceId, row.delivery().id()))) {
                lanes.expect(id, world.now);
            }
        }
    }

    void rung(long instanceId) {
        if (lanes.owns(instanceId, inTime())) {
            lanes.expect(instanceId, world.now);
        }
    }

    /**
     * How far time can go on: a try or a transaction ends in time.
     *
     * @return null: as far as you like
     */
    @Nullable Instant latest() {
        return Stream.concat(sending.stream().map(Sending::end), turns.values().stream().map(Turn::end))
                .min(Instant::compareTo).orElse(null);
    }

    /** Until then it may be told again, by who has become the owner. */
    boolean isWritingDown(long id) {
        return answered.stream().anyMatch(outcome -> outcome.delivery().id() == id);
    }

    /** What it was sending arrives or not, and nobody writes it down. */
    void killed() {
        turns.keySet().forEach(world.keeping::remove);
        sending.forEach(each -> {
            if (random.nextBoolean()) {
                world.taken(each.delivery());
            }
            world.unsettled(each.delivery());
        });
        answered.forEach(outcome -> world.unsettled(outcome.delivery()));
    }
}
