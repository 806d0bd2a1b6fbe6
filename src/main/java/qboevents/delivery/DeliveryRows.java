// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.event.Event;
import qboevents.instance.Instances;

/**
 * Reads the queue. Each statement walks the index {@code delivery_lane} in its order, which H2 does only when {@code order
 * by} names its columns from the first on; otherwise it would sort a backlog to find its head.
 */
@Component
class DeliveryRows {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Instances instances;

    DeliveryRows(JdbcClient jdbc, JdbcTemplate batches, Instances instances) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.instances = instances;
    }

    /** The oldest that are due of an enabled instance, with their events. */
    List<Delivery> due(long instanceId, int most, long claim, Instant now, Instant leasedUntil) {
        var deliveries = new LinkedHashMap<Long, Delivery>();
        var eventIds = new ArrayList<Long>();
        jdbc.sql(
                        """
                        select d.*
                        from (select q.id, q.last_event_id, q.instance_id, q.resource, q.attempts, q.created_at,
                                     q.next_attempt_at,
                                     (select i.revision from instance i
                                      where i.id = q.instance_id and i.enabled and i.deleted_at is null) as revision
                              from delivery q
                              where q.status = 'due' and q.instance_id = :instance and q.next_attempt_at <= :now
                              order by q.status, q.instance_id, q.next_attempt_at, q.id
                              limit :most) d
                        where d.revision is not null
                        order by d.next_attempt_at, d.id
                        """)
                .param("instance", instanceId)
                .param("now", utc(now))
                .param("most", most)
                .query(row -> {
                    var delivery = delivery(row, claim, leasedUntil);
                    deliveries.put(delivery.id(), delivery);
                    LongStream.rangeClosed(delivery.id(), row.getLong("last_event_id")).forEach(eventIds::add);
                });
        addEvents(deliveries, eventIds);
        return List.copyOf(deliveries.values());
    }

    private Delivery delivery(ResultSet row, long claim, Instant leasedUntil) throws SQLException {
        return new Delivery(
                row.getLong("id"),
                instances.get(row.getLong("instance_id"), row.getLong("revision")),
                row.getString("resource"),
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("next_attempt_at", OffsetDateTime.class).toInstant(),
                claim,
                leasedUntil,
                new ArrayList<>());
    }

    // By their ids, which a run knows, and not with a join: PostgreSQL reads the whole log for "between", from a size on.
    private void addEvents(Map<Long, Delivery> deliveries, List<Long> eventIds) {
        if (eventIds.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        select delivery_id, object_id, sync_token, event_type, operation, changed_at, polled_at, record
                        from event where id = any(:ids) order by id
                        """)
                .param("ids", eventIds.toArray(Long[]::new))
                .query(row -> {
                    var delivery = deliveries.get(row.getLong("delivery_id"));
                    if (delivery != null) {
                        delivery.events().add(event(row));
                    }
                });
    }

    private static Event event(ResultSet row) throws SQLException {
        var polledAt = row.getObject("polled_at", OffsetDateTime.class);
        return new Event(
                row.getString("object_id"),
                row.getString("sync_token"),
                row.getString("event_type"),
                row.getString("operation"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                polledAt == null ? null : polledAt.toInstant(),
                row.getBytes("record"));
    }

    /** When the instance's next delivery is due; for one that is being sent, when the lease on it runs out. */
    Optional<Instant> next(long instanceId, Instant after) {
        return jdbc.sql(
                        """
                        select next_attempt_at from delivery
                        where status = 'due' and instance_id = :instance and next_attempt_at > :after
                        order by status, instance_id, next_attempt_at
                        limit 1
                        """)
                .param("instance", instanceId)
                .param("after", utc(after))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** Every instance that is owed anything, and when first: from one to the next by the index. */
    Map<Long, Instant> lanes() {
        var lanes = new LinkedHashMap<Long, Instant>();
        for (var lane = lane(Long.MIN_VALUE); lane.isPresent(); lane = lane(lane.get().getKey())) {
            lanes.put(lane.get().getKey(), lane.get().getValue());
        }
        return lanes;
    }

    private Optional<Map.Entry<Long, Instant>> lane(long after) {
        return jdbc.sql(
                        """
                        select instance_id, next_attempt_at from delivery
                        where status = 'due' and instance_id > :after
                        order by status, instance_id, next_attempt_at
                        limit 1
                        """)
                .param("after", after)
                .query((row, n) -> Map.entry(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Not sent after all: due as before. */
    void release(List<Delivery> deliveries) {
        batches.batchUpdate(
                "update delivery set claim = null, claimed_by = null, next_attempt_at = ? where id = ? and claim = ?",
                deliveries,
                deliveries.size(),
                (row, each) -> {
                    row.setObject(1, utc(each.dueAt()));
                    row.setLong(2, each.id());
                    row.setLong(3, each.claim());
                });
    }

    /** A run whose events were all known already owes nothing. */
    void forgetEmpty(long id) {
        jdbc.sql("delete from delivery where id = :id").param("id", id).update();
    }
}
