// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.event.Outbox;
import qboevents.event.Run;
import qboevents.instance.Instance;
import qboevents.instance.Instances;

/**
 * What is owed. Handed to this node's hands where they can take it, so that nothing has to be looked up again between an
 * event and its first try; otherwise it waits in the database for its turn.
 */
@Component
public class Deliveries implements Outbox {

    private static final int BATCH = 1000;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Instances instances;
    private final DeliveryLanes lanes;
    private final Clock clock;

    Deliveries(JdbcClient jdbc, JdbcTemplate batches, Instances instances, DeliveryLanes lanes, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.instances = instances;
        this.lanes = lanes;
        this.clock = clock;
    }

    /** A row of the queue; its lane is told of it unless it is held there. */
    private record Row(Run run, boolean held, @Nullable Delivery handedOver) {}

    @Override
    public Written put(List<Run> runs) {
        var written = new Handover(rows(runs));
        try {
            insert(written.rows);
            lanes.mark(written.unknownToOwners());
            written.withhold(lanes.overtaking(written.handedOver()));
        } catch (RuntimeException e) {
            written.rolledBack();
            throw e;
        }
        return written;
    }

    private void insert(List<Row> rows) {
        batches.batchUpdate(
                """
                insert into delivery (id, last_event_id, instance_id, resource, status, attempts, next_attempt_at, created_at,
                                      traceparent)
                values (?, ?, ?, ?, 'due', 0, ?, ?, ?)
                """,
                rows,
                BATCH,
                (row, each) -> {
                    var run = each.run();
                    row.setLong(1, run.firstId());
                    row.setLong(2, run.lastId());
                    row.setLong(3, run.instanceId());
                    row.setString(4, run.resource());
                    row.setObject(5, utc(run.recordedAt()));
                    row.setObject(6, utc(run.recordedAt()));
                    row.setString(7, run.traceparent());
                });
    }

    /** Nothing is owed to an instance that is gone. */
    private List<Row> rows(List<Run> runs) {
        var now = clock.instant();
        var current = instances.current(runs.stream().map(Run::instanceId).distinct().toList());
        var rows = new ArrayList<Row>();
        for (var run : runs) {
            var instance = current.get(run.instanceId());
            if (instance != null) {
                if (!instance.delivers()) {
                    lanes.close(run.instanceId()); // or what comes when it delivers again would be handed over before this
                }
                rows.add(new Row(run, !instance.delivers(), handedOver(run, instance, now)));
            }
        }
        return rows;
    }

    private @Nullable Delivery handedOver(Run run, Instance instance, Instant now) {
        return instance.delivers() && lanes.admit(run, now)
                ? new Delivery(run.firstId(), run.lastId(), instance, run.resource(), 0, "due", run.recordedAt(), now,
                        run.traceparent(), run.events())
                : null;
    }

    private final class Handover implements Written {

        private final List<Row> rows;

        private Handover(List<Row> rows) {
            this.rows = new ArrayList<>(rows);
        }

        private Set<Long> handedOver() {
            return instances(row -> row.handedOver() != null);
        }

        /** Also what is held: it may be let go before its owner has noticed. */
        private Set<Long> unknownToOwners() {
            return instances(row -> row.handedOver() == null && (row.held() || !lanes.owns(row.run().instanceId())));
        }

        private Set<Long> instances(Predicate<Row> which) {
            return rows.stream().filter(which).map(row -> row.run().instanceId()).collect(Collectors.toSet());
        }

        private void withhold(Set<Long> instanceIds) {
            rows.replaceAll(row -> {
                if (row.handedOver() == null || !instanceIds.contains(row.run().instanceId())) {
                    return row;
                }
                lanes.withhold(row.run());
                return new Row(row.run(), false, null);
            });
        }

        @Override
        public void committed() {
            for (var row : rows) {
                if (row.handedOver() != null) {
                    lanes.add(row.handedOver());
                } else if (!row.held()) {
                    lanes.written(row.run(), true);
                }
            }
        }

        @Override
        public void rolledBack() {
            for (var row : rows) {
                if (row.handedOver() != null) {
                    lanes.refuse(row.run());
                } else if (!row.held()) {
                    lanes.written(row.run(), false);
                }
            }
        }
    }

    /** Of an instance that is gone: there is nobody left to send to. The log keeps the events. */
    public void forget(long instanceId) {
        jdbc.sql("delete from delivery where status in ('due', 'retry', 'again', 'repeat', 'replay', 'queued') and instance_id = :instance")
                .param("instance", instanceId).update(); // by the index, which begins with the status
        jdbc.sql("delete from lane where instance_id = :instance").param("instance", instanceId).update();
        jdbc.sql("delete from lane_mark where instance_id = :instance").param("instance", instanceId).update();
    }
}
