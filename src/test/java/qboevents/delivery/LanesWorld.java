// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.delivery.Samples.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Nodes with a database of maps, and all that threads do to their lanes cut into steps that chance puts in an order. What is sent is
 * held against what may be: nothing that was taken, and nothing before an older state of its object.
 */
final class LanesWorld {

    static final int INSTANCES = 2;
    private static final int SELDOM = 140; // or what others forget to tell would be found at once
    static final Duration LEASE = Duration.ofSeconds(5);
    static final Duration LONGEST_TRY = Duration.ofSeconds(2);

    record Row(Delivery delivery, int attempts, Instant due) {

        Delivery read() {
            return new Delivery(delivery.id(), delivery.lastId(), delivery.instance(), delivery.resource(), attempts,
                    attempts == 0 ? "due" : "retry", delivery.createdAt(), NOW, null, delivery.events());
        }
    }

    record Lease(int node, Instant until) {}

    final Random random;
    final Map<Long, Row> database = new TreeMap<>();
    final Map<Long, Lease> leases = new HashMap<>();
    final Map<Long, Long> marks = new HashMap<>();
    final Set<Long> keeping = new HashSet<>(); // the instances that a transaction has its turn at
    final List<Long> bells = new ArrayList<>();
    Instant now = NOW;
    int failures; // of a hundred
    private final boolean lazy; // leases end before somebody renews them
    private final LanesNode[] nodes;
    private final Set<Long> owed = new HashSet<>();
    private final Set<Long> taken = new HashSet<>();
    private final Set<Long> unsettled = new HashSet<>(); // sent by a node that was killed, or was no owner any more, before it wrote that down
    private long lastId;

    LanesWorld(long seed, int nodes) {
        this.random = new Random(seed);
        this.failures = random.nextInt(random.nextBoolean() ? 5 : 70);
        this.lazy = random.nextInt(3) == 0;
        this.nodes = new LanesNode[nodes];
        for (int i = 0; i < nodes; i++) {
            this.nodes[i] = new LanesNode(i, this);
        }
    }

    void live(int steps) {
        for (int i = 0; i < steps; i++) {
            int number = random.nextInt(nodes.length);
            int which = random.nextInt(150);
            step(nodes[number], which < 140 ? which / 10 : which);
            if (which == 149) {
                nodes[number].killed(); // a process ends at any moment, and one of the same name begins
                nodes[number] = new LanesNode(number, this);
            }
        }
    }

    /** All receivers are well, and nothing new comes. */
    void end() {
        failures = 0;
        for (int i = 0; i < 4000 && !(database.isEmpty() && keeping.isEmpty()); i++) {
            for (var node : nodes) {
                for (int step = 2; step < 14; step++) {
                    step(node, step);
                }
                step(node, SELDOM);
            }
        }
        assertThat(database.values()).as("owed for ever").isEmpty();
        assertThat(taken).isEqualTo(owed);
    }

    private void step(LanesNode node, int which) {
        switch (which) {
            case 0, 1 -> node.tell(1 + random.nextInt(INSTANCES));
            case 2 -> node.commit();
            case 3 -> node.handOver();
            case 4 -> node.open();
            case 5 -> node.read();
            case 6 -> node.looked();
            case 7 -> node.send();
            case 8 -> node.answer();
            case 9 -> node.settle();
            case 10 -> node.lanesHear();
            case 11 -> {
                if (!lazy || random.nextInt(10) == 0) {
                    node.lookAround();
                }
            }
            case 12 -> pass();
            case 13 -> ring();
            case SELDOM -> node.lookEverywhere();
            default -> { }
        }
    }

    private void pass() {
        var later = now.plusMillis(random.nextInt(1500));
        var latest = Stream.of(nodes).map(LanesNode::latest).filter(Objects::nonNull).min(Instant::compareTo);
        now = Stream.of(now, latest.filter(later::isAfter).orElse(later)).max(Instant::compareTo).orElseThrow();
    }

    private void ring() {
        for (var id : bells) {
            for (var node : nodes) {
                node.rung(id);
            }
        }
        bells.clear();
    }

    long id() {
        return ++lastId;
    }

    boolean alone() {
        return nodes.length == 1;
    }

    void commit(Collection<Delivery> deliveries) {
        deliveries.forEach(one -> {
            owed.add(one.id());
            database.put(one.id(), new Row(one, 0, now));
        });
    }

    void sent(Delivery next) {
        if (!unsettled.contains(next.id()) && Stream.of(nodes).noneMatch(node -> node.isWritingDown(next.id()))) {
            assertThat(taken).as("told before").doesNotContain(next.id());
        }
        assertThat(database.values().stream().map(Row::delivery)
                .filter(each -> key(each).equals(key(next)) && each.id() < next.id()).map(Delivery::id)
                .filter(each -> !taken.contains(each))).as("older than %d and not told", next.id()).isEmpty();
    }

    void taken(Delivery delivery) {
        taken.add(delivery.id());
    }

    void unsettled(Delivery delivery) {
        unsettled.add(delivery.id());
    }

    @Nullable Instant leasedUntil(int node, long instanceId) {
        var lease = leases.get(instanceId);
        return lease == null || lease.node() != node ? null : lease.until();
    }

    /** In the order of their times. */
    Stream<Row> rows(long instanceId) {
        return database.values().stream().filter(row -> row.delivery().instance().id() == instanceId)
                .sorted((one, other) -> one.due().equals(other.due())
                        ? Long.compare(one.delivery().id(), other.delivery().id()) : one.due().compareTo(other.due()));
    }

    static String key(Delivery delivery) {
        return delivery.instance().id() + delivery.events().get(0).objectId();
    }
}
