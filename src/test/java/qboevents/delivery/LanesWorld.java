// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.delivery.Samples.NOW;
import static qboevents.delivery.Samples.atEase;
import static qboevents.delivery.Samples.delivered;
import static qboevents.delivery.Samples.delivery;
import static qboevents.delivery.Samples.retry;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import qboevents.delivery.Owed.ObjectKey;

/**
 * Lanes with a database of a map, and all that threads do to them cut into steps that chance puts in an order: what is committed and
 * not handed over yet, what was read before it was settled, a lane that is closed in between. What is sent is held against what may be.
 */
final class LanesWorld {

    private static final int INSTANCES = 2;
    private static final int OBJECTS = 3;

    private record Row(Delivery delivery, int attempts, Instant due) {

        Delivery read() {
            return new Delivery(delivery.id(), delivery.lastId(), delivery.instance(), delivery.resource(), attempts,
                    attempts == 0 ? "due" : "retry", delivery.createdAt(), NOW, null, delivery.events());
        }
    }

    private record Told(Delivery delivery, boolean admitted) {}

    private record Read(List<Delivery> found, @Nullable Instant next) {}

    private final Random random;
    private final Lanes lanes;
    private final Map<Long, Row> database = new TreeMap<>();
    private final Map<Long, Deque<Told>> turns = new LinkedHashMap<>(); // in a transaction, of each instance one
    private final List<Told> committed = new ArrayList<>(); // not handed over yet, by threads of their own
    private final Map<Lanes.Look, Read> reading = new LinkedHashMap<>();
    private final List<Delivery> sending = new ArrayList<>();
    private final Queue<Outcome> answered = new ArrayDeque<>();
    private final List<Outcome> settled = new ArrayList<>(); // on disk, the lanes do not know yet
    private final Set<Long> taken = new HashSet<>();
    private final List<Long> renewing = new ArrayList<>();
    private Instant now = NOW;
    private long lastId;
    private int failures; // of a hundred

    LanesWorld(long seed) {
        this.random = new Random(seed);
        int crowd = 2 + random.nextInt(10);
        this.lanes = new Lanes(3, 1 + random.nextInt(3), 3, atEase(2), 200_000, 2000 + random.nextInt(50_000),
                new Crowd(Math.max(1, crowd / 2), crowd));
        this.failures = random.nextInt(70);
    }

    void live(int steps) {
        for (int i = 0; i < steps; i++) {
            step(random.nextInt(14));
        }
    }

    /** All receivers are well, and nothing new comes. */
    void end() {
        failures = 0;
        for (int i = 0; i < 2000 && !(database.isEmpty() && turns.isEmpty() && committed.isEmpty()); i++) {
            for (int step = 1; step <= 12; step++) {
                step(step);
            }
        }
        assertThat(database.values()).as("owed for ever").isEmpty();
        assertThat(taken).hasSize((int) lastId);
    }

    private void step(int which) {
        switch (which) {
            case 0, 13 -> tell(1 + random.nextInt(INSTANCES));
            case 1 -> commit();
            case 2 -> handOver();
            case 3 -> read();
            case 4 -> looked();
            case 5, 6 -> send();
            case 7 -> answer();
            case 8 -> settle();
            case 9 -> lookAround();
            case 10 -> lookEverywhere();
            case 11 -> now = now.plusMillis(random.nextInt(1500));
            default -> lanesHear();
        }
    }

    private void tell(long instanceId) {
        if (turns.containsKey(instanceId)) {
            return;
        }
        var run = new ArrayDeque<Told>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            var one = delivery(instanceId, ++lastId, "o" + random.nextInt(OBJECTS));
            run.add(new Told(one, lanes.admit(instanceId, one.id(), one.bytes(), now, now)));
        }
        turns.put(instanceId, run);
    }

    private void commit() {
        var first = turns.keySet().stream().findFirst();
        first.map(turns::remove).ifPresent(run -> {
            run.forEach(told -> database.put(told.delivery().id(), new Row(told.delivery(), 0, now)));
            committed.addAll(run);
        });
    }

    /** What was committed together in its order, what another thread has committed perhaps before. */
    private void handOver() {
        if (!committed.isEmpty()) {
            var told = committed.remove(random.nextInt(4) > 0 ? 0 : random.nextInt(committed.size()));
            if (told.admitted()) {
                lanes.add(told.delivery(), now);
            } else {
                lanes.written(told.delivery().instance().id(), true, now);
            }
        }
    }

    private void read() {
        if (reading.isEmpty()) {
            for (var look : lanes.open(now, now)) {
                if (!look.leased()) {
                    takeOver(look.instanceId());
                }
                reading.put(look, read(look));
            }
        }
    }

    private void takeOver(long instanceId) {
        lanes.close(instanceId);
        int most = lanes.mostParked();
        var parked = new LinkedHashMap<Owed, Instant>();
        var all = rows(instanceId).filter(row -> row.attempts() > 0).toList();
        var first = all.stream().limit(most + 1).toList();
        // Beyond the most also what is older of the same objects, as DeliveryRows.parked has it.
        all.stream().filter(row -> first.contains(row) || first.stream().anyMatch(each -> key(each.delivery()).equals(key(row.delivery()))
                && row.delivery().id() < each.delivery().id())).forEach(row -> parked.put(owed(row), row.due()));
        lanes.leased(instanceId, now.plusSeconds(5));
        lanes.park(instanceId, parked, parked.size() > most, now);
    }

    private static Owed owed(Row row) {
        var one = row.delivery();
        return new Owed(one.id(), one.lastId(), one.resource(), "retry", one.createdAt(), row.attempts(), null,
                List.of(new ObjectKey(one.resource(), one.events().get(0).objectId())));
    }

    /** In the order of their times. */
    private Stream<Row> rows(long instanceId) {
        return database.values().stream().filter(row -> row.delivery().instance().id() == instanceId)
                .sorted((one, other) -> one.due().equals(other.due())
                        ? Long.compare(one.delivery().id(), other.delivery().id()) : one.due().compareTo(other.due()));
    }

    /** As DeliveryLanes reads: of each status the oldest, and of those what is not known. */
    private Read read(Lanes.Look look) {
        long id = look.instanceId();
        boolean crowded = lanes.crowded(id);
        int most = lanes.known(id) + look.most();
        var retries = rows(id).filter(row -> row.attempts() > 0 && !row.due().isAfter(now)).limit(most);
        var fresh = rows(id).filter(row -> row.attempts() == 0 && !crowded).limit(most);
        var unknown = Stream.concat(retries, fresh)
                .filter(row -> !lanes.knows(id, row.delivery().id()))
                .filter(row -> !crowded || lanes.hasRefused(id, row.delivery().id()))
                .limit(look.most()).toList();
        var found = new LinkedHashMap<Long, Delivery>();
        unknown.forEach(row -> found.put(row.delivery().id(), row.read()));
        if (look.leased()) {
            look.parked().stream().filter(parked -> database.containsKey(parked.id))
                    .forEach(parked -> found.putIfAbsent(parked.id, database.get(parked.id).read()));
        }
        return new Read(List.copyOf(found.values()), unknown.size() < look.most() ? null : now);
    }

    private void looked() {
        reading.forEach((look, read) -> lanes.looked(look.instanceId(), read.found(), read.next(), now));
        reading.clear();
    }

    private void send() {
        for (int hands = lanes.start(); hands > 0; hands--) {
            for (var next = lanes.next(now, now); next != null; next = lanes.next(now, now)) {
                assertThat(taken).as("told before").doesNotContain(next.id());
                var key = key(next);
                long id = next.id();
                assertThat(Stream.of(database.values().stream().map(Row::delivery), committed.stream().map(Told::delivery))
                        .flatMap(each -> each).filter(each -> key(each).equals(key) && each.id() < id).map(Delivery::id)
                        .filter(each -> !taken.contains(each))).as("older than %d and not told", id).isEmpty();
                sending.add(next);
            }
        }
    }

    private static String key(Delivery delivery) {
        return delivery.instance().id() + delivery.events().get(0).objectId();
    }

    private void answer() {
        if (!sending.isEmpty()) {
            var one = sending.remove(random.nextInt(sending.size()));
            boolean refused = random.nextInt(100) < failures;
            var outcome = refused ? retry(one, now.plusMillis(random.nextInt(3000))) : delivered(one);
            if (!refused) {
                taken.add(one.id());
            }
            answered.add(outcome);
            lanes.answered(outcome, now);
        }
    }

    private void settle() {
        if (settled.isEmpty()) {
            for (var outcome = answered.poll(); outcome != null; outcome = answered.poll()) {
                var one = outcome.delivery();
                if (outcome instanceof Outcome.RetryAt refused) {
                    database.computeIfPresent(one.id(), (id, row) -> new Row(row.delivery(), row.attempts() + 1, refused.time()));
                } else {
                    database.remove(one.id());
                }
                settled.add(outcome);
            }
        }
    }

    private void lanesHear() {
        lanes.settled(List.copyOf(settled), now);
        settled.clear();
    }

    /** Sometimes a lane is lost, or closed, between the two. */
    private void lookAround() {
        if (renewing.isEmpty()) {
            renewing.addAll(lanes.toRenew(now.plusSeconds(3), now.minusSeconds(60)));
            if (failures > 0 && random.nextInt(4) == 0) {
                lanes.lost(List.of(1L + random.nextInt(INSTANCES)), now);
            }
        } else {
            lanes.renewed(List.copyOf(renewing), List.copyOf(renewing), now.plusSeconds(5), now);
            renewing.clear();
        }
        lanes.probe(now);
    }

    private void lookEverywhere() {
        for (long id = 1; id <= INSTANCES; id++) {
            long instanceId = id;
            if (rows(id).anyMatch(row -> !row.due().isAfter(now) && !lanes.knows(instanceId, row.delivery().id()))) {
                lanes.expect(id, now);
            }
        }
    }
}
