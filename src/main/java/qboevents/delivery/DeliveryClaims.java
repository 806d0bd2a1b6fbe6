// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import jakarta.annotation.PostConstruct;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.instance.Instances;
import qboevents.instance.Node;

/**
 * Takes what is due, oldest first, as much as this node has hands for and no more of one instance than its share: a
 * receiver that hangs holds its own share only.
 */
@Component
class DeliveryClaims {

    private static final int CANDIDATES = 256;
    private static final int ROUNDS = 8;

    private final JdbcClient jdbc;
    private final Instances instances;
    private final DeliverySettings settings;
    private final Node node;
    private final Clock clock;
    private final Map<Long, Integer> underWay = new ConcurrentHashMap<>();
    private volatile boolean more;

    DeliveryClaims(JdbcClient jdbc, Instances instances, DeliverySettings settings, Node node, Clock clock) {
        this.jdbc = jdbc;
        this.instances = instances;
        this.settings = settings;
        this.node = node;
        this.clock = clock;
    }

    private record Candidate(long id, long instanceId) {}

    /** Called by one thread at a time. Every delivery returned must be {@link #landed}. */
    synchronized List<Delivery> take() {
        more = false;
        int free = settings.workers() - underWay.values().stream().mapToInt(Integer::intValue).sum();
        var chosen = choose(free);
        if (chosen.isEmpty()) {
            return List.of();
        }
        var now = clock.instant();
        var until = utc(now.plus(settings.lease()));
        long claim = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        jdbc.sql(
                        """
                        update delivery set claim = :claim, claimed_by = :node, next_attempt_at = :until
                        where id = any(:ids) and status = 'due' and next_attempt_at <= :now
                        """)
                .param("claim", claim)
                .param("node", node.name())
                .param("until", until)
                .param("ids", chosen.stream().map(Candidate::id).toArray(Long[]::new))
                .param("now", utc(now))
                .update();
        var deliveries = withoutEmpty(read(claim, until));
        deliveries.forEach(delivery -> underWay.merge(delivery.instance().id(), 1, Integer::sum));
        return deliveries;
    }

    private List<Candidate> choose(int free) {
        var chosen = new ArrayList<Candidate>();
        var taken = new HashMap<>(underWay);
        for (int round = 0; round < ROUNDS; round++) {
            var full = taken.entrySet().stream()
                    .filter(entry -> entry.getValue() >= settings.workersPerInstance())
                    .map(Map.Entry::getKey)
                    .toArray(Long[]::new);
            long after = chosen.isEmpty() ? -1 : chosen.get(chosen.size() - 1).id();
            var candidates = candidates(full);
            for (var candidate : candidates) {
                if (chosen.size() == free) {
                    more = true;
                    return chosen;
                }
                if (!chosen.contains(candidate)
                        && taken.merge(candidate.instanceId(), 1, Integer::sum) <= settings.workersPerInstance()) {
                    chosen.add(candidate);
                } else {
                    more = true;
                }
            }
            boolean progress = !chosen.isEmpty() && chosen.get(chosen.size() - 1).id() != after;
            if (candidates.size() < CANDIDATES || !progress) {
                return chosen;
            }
        }
        more = true;
        return chosen;
    }

    private List<Candidate> candidates(Long[] full) {
        return jdbc.sql(
                        """
                        select d.id, d.instance_id
                        from delivery d
                        join instance i on i.id = d.instance_id
                        where d.status = 'due' and d.next_attempt_at <= :now and not (d.instance_id = any(:full))
                          and i.enabled and i.deleted_at is null
                        order by d.next_attempt_at, d.id
                        limit :most
                        """)
                .param("now", utc(clock.instant()))
                .param("full", full)
                .param("most", CANDIDATES)
                .query((row, n) -> new Candidate(row.getLong(1), row.getLong(2)))
                .list();
    }

    /** What the claim got: another node may have been faster with some. */
    private List<Delivery> read(long claim, OffsetDateTime until) {
        var deliveries = new LinkedHashMap<Long, Delivery>();
        jdbc.sql(
                        """
                        select d.id, d.instance_id, i.revision, d.resource, d.attempts, d.created_at,
                               e.object_id, e.sync_token, e.event_type, e.changed_at, e.polled_at, e.record
                        from delivery d
                        join instance i on i.id = d.instance_id
                        left join event e on e.id between d.id and d.last_event_id and e.delivery_id = d.id
                        where d.status = 'due' and d.next_attempt_at = :until and d.claim = :claim
                        order by d.id, e.id
                        """)
                .param("until", until)
                .param("claim", claim)
                .query(row -> {
                    long id = row.getLong("id");
                    var delivery = deliveries.get(id);
                    if (delivery == null) {
                        delivery = new Delivery(
                                id,
                                instances.get(row.getLong("instance_id"), row.getLong("revision")),
                                row.getString("resource"),
                                row.getInt("attempts"),
                                time(row.getObject("created_at", OffsetDateTime.class)),
                                claim,
                                new ArrayList<>());
                        deliveries.put(id, delivery);
                    }
                    if (row.getString("object_id") != null) {
                        var polledAt = row.getObject("polled_at", OffsetDateTime.class);
                        delivery.events().add(new StoredEvent(
                                row.getString("object_id"),
                                row.getString("sync_token"),
                                row.getString("event_type"),
                                time(row.getObject("changed_at", OffsetDateTime.class)),
                                polledAt == null ? null : polledAt.toInstant(),
                                row.getBytes("record")));
                    }
                });
        return List.copyOf(deliveries.values());
    }

    /** A run whose events were all known already owes nothing. */
    private List<Delivery> withoutEmpty(List<Delivery> deliveries) {
        var empty = deliveries.stream().filter(delivery -> delivery.events().isEmpty()).map(Delivery::id).toArray(Long[]::new);
        if (empty.length == 0) {
            return deliveries;
        }
        jdbc.sql("delete from delivery where id = any(:ids)").param("ids", empty).update();
        return deliveries.stream().filter(delivery -> !delivery.events().isEmpty()).toList();
    }

    private static Instant time(OffsetDateTime at) {
        return at.toInstant();
    }

    /** The try is over and written down. */
    void landed(Delivery delivery) {
        underWay.computeIfPresent(delivery.instance().id(), (id, count) -> count == 1 ? null : count - 1);
    }

    /** Whether the last look left something behind that is due. */
    boolean more() {
        return more;
    }

    /** What a process of the same name was sending when it died is due at once. */
    @PostConstruct
    void freeOwn() {
        jdbc.sql(
                        """
                        update delivery set next_attempt_at = :now, claim = null, claimed_by = null
                        where status = 'due' and claimed_by = :node and claim is not null
                        """)
                .param("now", utc(clock.instant()))
                .param("node", node.name())
                .update();
    }
}
