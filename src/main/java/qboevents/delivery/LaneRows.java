// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.database.Database;
import qboevents.instance.Node;

/** Which node sends what an instance is owed. A process that is alone with its database has all lanes and writes nothing. */
@Component
class LaneRows {

    private static final Logger log = LoggerFactory.getLogger(LaneRows.class);

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final boolean alone;
    private final DeliverySettings settings;
    private final Node node;
    private final Clock clock;
    private final long claim = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE); // this process, whatever others are called

    LaneRows(JdbcClient jdbc, JdbcTemplate batches, Database database, DeliverySettings settings, Node node, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.alone = database.ownedByThisProcess();
        this.settings = settings;
        this.node = node;
        this.clock = clock;
    }

    private Instant end() {
        return alone ? Instant.MAX : clock.instant().plus(settings.lease());
    }

    /** @return until when the lane is this node's; nothing while it is another's */
    Optional<Instant> lease(long instanceId) {
        var end = end();
        return alone || taken(instanceId, end) || created(instanceId, end) ? Optional.of(end) : Optional.empty();
    }

    private boolean taken(long instanceId, Instant end) {
        return jdbc.sql("""
                update lane set owner = :node, claim = :claim, leased_until = :end
                where instance_id = :instance and (owner = :node or leased_until < :now)
                """)
                .param("instance", instanceId).param("node", node.name()).param("claim", claim)
                .param("now", utc(clock.instant())).param("end", utc(end))
                .update() == 1;
    }

    private boolean created(long instanceId, Instant end) {
        return jdbc.sql("""
                insert into lane (instance_id, owner, claim, leased_until) values (:instance, :node, :claim, :end)
                on conflict do nothing
                """)
                .param("instance", instanceId).param("node", node.name()).param("claim", claim).param("end", utc(end))
                .update() == 1;
    }

    record Renewed(Collection<Long> instanceIds, Instant until) {}

    /** Those that nobody has taken over. */
    Renewed renew(Collection<Long> instanceIds) {
        var end = end();
        var ids = instanceIds.toArray(Long[]::new);
        jdbc.sql("update lane set leased_until = :end where owner = :node and claim = :claim and instance_id = any(:ids)")
                .param("end", utc(end)).param("node", node.name()).param("claim", claim).param("ids", ids).update();
        return new Renewed(owned(instanceIds), end);
    }

    /** Those that nobody has taken over, whether their leases have ended or not. */
    Set<Long> owned(Collection<Long> instanceIds) {
        if (alone) {
            return Set.copyOf(instanceIds);
        }
        var owned = new HashSet<Long>();
        jdbc.sql("select instance_id, claim from lane where owner = :node and instance_id = any(:ids)")
                .param("node", node.name()).param("ids", instanceIds.toArray(Long[]::new))
                .query(row -> {
                    if (row.getLong(2) == claim) {
                        owned.add(row.getLong(1));
                    } else {
                        log.error("Another process calls itself {}, too. Give each node an events.node of its own", node.name());
                    }
                });
        return owned;
    }

    /**
     * Something of these is in the database, and their owners do not know of it: in the transaction that writes it, so that nothing
     * is acknowledged that an owner could overtake. In the order of their ids, as all nodes do.
     */
    void mark(Collection<Long> instanceIds) {
        if (alone || instanceIds.isEmpty()) {
            return;
        }
        var ids = instanceIds.stream().distinct().sorted().map(id -> new Object[] {id}).toList();
        batches.batchUpdate("insert into lane_mark (instance_id, mark) values (?, 0) on conflict do nothing", ids);
        batches.batchUpdate("update lane_mark set mark = mark + 1 where instance_id = ?", ids);
    }

    /** How often each was marked, as far as it ever was. */
    Map<Long, Long> marks(Collection<Long> instanceIds) {
        if (alone || instanceIds.isEmpty()) {
            return Map.of();
        }
        var marks = new HashMap<Long, Long>();
        jdbc.sql("select instance_id, mark from lane_mark where instance_id = any(:ids)")
                .param("ids", instanceIds.toArray(Long[]::new))
                .query(row -> {
                    marks.put(row.getLong(1), row.getLong(2));
                });
        return marks;
    }

    /** Those of them that another node sends for, so that asking for each lease would be in vain. */
    Set<Long> anothers(Collection<Long> instanceIds) {
        if (alone || instanceIds.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(jdbc.sql("select instance_id from lane where instance_id = any(:ids) and owner <> :node and leased_until >= :now")
                .param("ids", instanceIds.toArray(Long[]::new)).param("node", node.name()).param("now", utc(clock.instant()))
                .query(Long.class).list());
    }

    /** Another node need not wait for the leases to end. */
    void leaveAll() {
        if (!alone) {
            jdbc.sql("update lane set leased_until = :now where owner = :node and claim = :claim")
                    .param("now", utc(clock.instant())).param("node", node.name()).param("claim", claim).update();
        }
    }
}
