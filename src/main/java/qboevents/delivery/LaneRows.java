// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.database.Database;
import qboevents.instance.Node;

/** Which node sends what an instance is owed. A process that is alone with its database has all lanes and writes nothing. */
@Component
class LaneRows {

    private final JdbcClient jdbc;
    private final boolean alone;
    private final DeliverySettings settings;
    private final Node node;
    private final Clock clock;

    LaneRows(JdbcClient jdbc, Database database, DeliverySettings settings, Node node, Clock clock) {
        this.jdbc = jdbc;
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
                update lane set owner = :node, leased_until = :end
                where instance_id = :instance and (owner = :node or leased_until < :now)
                """)
                .param("instance", instanceId).param("node", node.name())
                .param("now", utc(clock.instant())).param("end", utc(end))
                .update() == 1;
    }

    private boolean created(long instanceId, Instant end) {
        return jdbc.sql("""
                insert into lane (instance_id, owner, leased_until) values (:instance, :node, :end) on conflict do nothing
                """)
                .param("instance", instanceId).param("node", node.name()).param("end", utc(end)).update() == 1;
    }

    record Renewed(List<Long> instanceIds, Instant until) {}

    /** Those that nobody has taken over. */
    Renewed renew(Collection<Long> instanceIds) {
        var end = end();
        var ids = instanceIds.toArray(Long[]::new);
        jdbc.sql("update lane set leased_until = :end where owner = :node and instance_id = any(:ids)")
                .param("end", utc(end)).param("node", node.name()).param("ids", ids).update();
        return new Renewed(
                jdbc.sql("select instance_id from lane where owner = :node and instance_id = any(:ids)")
                        .param("node", node.name()).param("ids", ids).query(Long.class).list(),
                end);
    }

    /** Another node need not wait for the leases to end. */
    void leaveAll() {
        if (!alone) {
            jdbc.sql("update lane set leased_until = :now where owner = :node")
                    .param("now", utc(clock.instant())).param("node", node.name()).update();
        }
    }
}
