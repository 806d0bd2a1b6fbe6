// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.event.Outbox;
import qboevents.event.Run;
import qboevents.instance.Instance;
import qboevents.instance.Instances;
import qboevents.instance.Node;

/**
 * What is owed. Written claimed by this node and handed to its hands where they can take it, so that nothing has to be
 * looked up again between an event and its first try; otherwise it waits in the database for its turn.
 */
@Component
public class Deliveries implements Outbox {

    private static final int BATCH = 1000;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Instances instances;
    private final DeliveryClaims claims;
    private final DeliverySettings settings;
    private final Node node;
    private final Clock clock;

    Deliveries(JdbcClient jdbc, JdbcTemplate batches, Instances instances, DeliveryClaims claims,
            DeliverySettings settings, Node node, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.instances = instances;
        this.claims = claims;
        this.settings = settings;
        this.node = node;
        this.clock = clock;
    }

    /** A row of the queue, and what is handed over for it. */
    private record Owed(Run run, @Nullable Delivery handedOver) {}

    @Override
    public Written put(List<Run> runs) {
        var written = new Handover(owed(runs));
        try {
            insert(written.owed);
        } catch (RuntimeException e) {
            written.rolledBack();
            throw e;
        }
        return written;
    }

    private void insert(List<Owed> owed) {
        batches.batchUpdate(
                """
                insert into delivery (id, last_event_id, instance_id, resource, status, attempts, next_attempt_at, created_at,
                                      claim, claimed_by)
                values (?, ?, ?, ?, 'due', 0, ?, ?, ?, ?)
                """,
                owed,
                BATCH,
                (row, each) -> {
                    var run = each.run();
                    var delivery = each.handedOver();
                    row.setLong(1, run.firstId());
                    row.setLong(2, run.lastId());
                    row.setLong(3, run.instanceId());
                    row.setString(4, run.resource());
                    row.setObject(5, utc(delivery == null ? run.recordedAt() : delivery.leasedUntil()));
                    row.setObject(6, utc(run.recordedAt()));
                    if (delivery == null) {
                        row.setNull(7, Types.BIGINT);
                        row.setNull(8, Types.VARCHAR);
                    } else {
                        row.setLong(7, delivery.claim());
                        row.setString(8, node.name());
                    }
                });
    }

    /** Nothing is owed to an instance that is gone. */
    private List<Owed> owed(List<Run> runs) {
        var now = clock.instant();
        var claim = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        var current = instances.current(runs.stream().map(Run::instanceId).distinct().toList());
        var owed = new ArrayList<Owed>();
        for (var run : runs) {
            var instance = current.get(run.instanceId());
            if (instance != null) {
                owed.add(new Owed(run, handedOver(run, instance, claim, now)));
            }
        }
        return owed;
    }

    private @Nullable Delivery handedOver(Run run, Instance instance, long claim, Instant now) {
        if (!instance.enabled() || !claims.admit(run, now)) {
            return null;
        }
        return new Delivery(run.firstId(), instance, run.resource(), 0, run.recordedAt(), run.recordedAt(), claim,
                now.plus(settings.lease()), run.events());
    }

    private final class Handover implements Written {

        private final List<Owed> owed;

        private Handover(List<Owed> owed) {
            this.owed = owed;
        }

        @Override
        public void committed() {
            for (var each : owed) {
                if (each.handedOver() == null) {
                    claims.expect(each.run());
                } else {
                    claims.add(each.handedOver());
                }
            }
        }

        @Override
        public void rolledBack() {
            for (var each : owed) {
                if (each.handedOver() != null) {
                    claims.refuse(each.run());
                }
            }
        }
    }

    /** Of an instance that is gone: there is nobody left to send to. The log keeps the events. */
    public void forget(long instanceId) {
        jdbc.sql("delete from delivery where instance_id = :instance").param("instance", instanceId).update();
    }
}
