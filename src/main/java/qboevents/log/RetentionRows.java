// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import static qboevents.database.SqlTime.utc;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the removal reads and deletes: each statement by an index, and some hundred rows at most. */
@Component
class RetentionRows {

    private static final String AND_LAST = """
            and not exists (select 1 from event later
                            where later.instance_id = e.instance_id and later.resource = e.resource
                              and later.object_id = e.object_id
                              and (later.recorded_at > e.recorded_at or later.recorded_at = e.recorded_at and later.id > e.id))
            """;

    private final JdbcClient jdbc;

    RetentionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param polledAt null: a webhook told it
     * @param both whether a webhook was to tell it too
     */
    record Old(long id, long deliveryId, String resource, Instant changedAt, @Nullable Instant polledAt, Instant recordedAt,
            boolean both) {}

    /** Of one node at a time: the others find that the next step is later. */
    boolean claim(Instant now, Instant next) {
        return jdbc.sql("update retention set next_at = :next where id = 1 and next_at <= :now")
                .param("next", utc(next)).param("now", utc(now)).update() == 1;
    }

    RetentionRound round() {
        return jdbc.sql("select round_at, instance_id, recorded_at, event_id, removed, kept from retention where id = 1").query(RetentionRound::of).single();
    }

    void write(RetentionRound round, Instant next) {
        jdbc.sql("""
                update retention
                set next_at = :next, round_at = :began, instance_id = :instance, recorded_at = :time, event_id = :id,
                    removed = :removed, kept = :kept
                where id = 1
                """)
                .param("next", utc(next)).param("began", utc(round.began())).param("instance", round.instanceId())
                .param("time", utc(round.time())).param("id", round.id())
                .param("removed", round.removed()).param("kept", round.kept())
                .update();
    }

    /** The instance that has the next events, also one that is deleted. */
    Optional<Long> instanceAfter(long instanceId) {
        return jdbc.sql("""
                select instance_id from event where instance_id > :after order by instance_id, recorded_at, id limit 1
                """).param("after", instanceId).query(Long.class).optional();
    }

    /** The next of an instance, the oldest first. */
    List<Old> next(RetentionRound from, Instant recordedBefore, int most) {
        return jdbc.sql("""
                select id, delivery_id, resource, changed_at, polled_at, recorded_at,
                       exists (select 1 from reconciliation r where r.event_id = event.id) as told_by_both
                from event
                where instance_id = :instance and recorded_at < :before
                  and recorded_at >= :time and (recorded_at > :time or id > :id)
                order by instance_id, recorded_at, id
                limit :most
                """)
                .param("instance", from.instanceId()).param("before", utc(recordedBefore))
                .param("time", utc(from.time())).param("id", from.id()).param("most", most)
                .query((row, number) -> {
                    var polledAt = row.getObject("polled_at", OffsetDateTime.class);
                    return new Old(row.getLong("id"), row.getLong("delivery_id"), row.getString("resource"),
                            EventView.time(row, "changed_at"), polledAt == null ? null : polledAt.toInstant(),
                            EventView.time(row, "recorded_at"), row.getBoolean("told_by_both"));
                })
                .list();
    }

    /** Those of them that are not delivered. */
    Set<Long> owed(Collection<Long> deliveryIds) {
        return new HashSet<>(jdbc.sql("select id from delivery where id = any(:ids)")
                .param("ids", deliveryIds.toArray(Long[]::new)).query(Long.class).list());
    }

    /** From where on QuickBooks is asked again, by resource; what is not polled is missing. */
    Map<String, Instant> readUntil(long instanceId) {
        var until = new HashMap<String, Instant>();
        jdbc.sql("""
                        select c.resource, least(c.read_until, case when l.instance_id is null or c.captured_until is null
                                                               then c.read_until else c.captured_until end) as read_until
                        from poll_cursor c left join company_lease l on l.instance_id = c.instance_id
                        where c.instance_id = :instance
                        """)
                .param("instance", instanceId)
                .query(row -> {
                    var time = row.getObject("read_until", OffsetDateTime.class);
                    until.put(row.getString("resource"), time == null ? Instant.MIN : time.toInstant());
                });
        return until;
    }

    /** The objects that live and are in the log by these events alone stay known: whoever looks for deletions asks for them. */
    void rememberObjects(Collection<Long> ids) {
        jdbc.sql("""
                insert into known_object (instance_id, resource, object_id)
                select e.instance_id, e.resource, e.object_id from event e
                join poll_cursor c on c.instance_id = e.instance_id and c.resource = e.resource
                where e.id = any(:ids) and e.event_type <> 'DELETED'
                """ + AND_LAST + " on conflict do nothing")
                .param("ids", ids.toArray(Long[]::new)).update();
    }

    /** Those whose deletion the log is about to forget. */
    void forgetObjects(Collection<Long> ids) {
        jdbc.sql("select e.instance_id, e.resource, e.object_id from event e where e.id = any(:ids) and e.event_type = 'DELETED'\n"
                        + AND_LAST)
                .param("ids", ids.toArray(Long[]::new))
                .query((row, number) -> new Known(row.getLong(1), row.getString(2), row.getString(3)))
                .list()
                .forEach(each -> jdbc.sql("delete from known_object where instance_id = :instance and resource = :resource and object_id = :id")
                        .param("instance", each.instanceId()).param("resource", each.resource()).param("id", each.objectId())
                        .update());
    }

    private record Known(long instanceId, String resource, String objectId) {}

    void delete(Collection<Long> ids, Collection<Long> deliveryIds) {
        jdbc.sql("delete from attempt where delivery_id = any(:ids)")
                .param("ids", deliveryIds.toArray(Long[]::new)).update();
        jdbc.sql("delete from event where id = any(:ids)").param("ids", ids.toArray(Long[]::new)).update();
    }

    /** Who told what: that is counted longer than some keep the events themselves. */
    /** @return how many of a side were removed at most: as many as could be, when there may be more */
    int deleteReconciled(Instant before, int most) {
        int removed = 0;
        for (var byWebhook : List.of(true, false)) {
            int ofSide = jdbc.sql("""
                    delete from reconciliation where event_id in (
                        select event_id from reconciliation where by_webhook = :side and recorded_at < :before
                        order by by_webhook, recorded_at limit :most)
                    """)
                    .param("side", byWebhook).param("before", utc(before)).param("most", most).update();
            removed = Math.max(removed, ofSide);
        }
        jdbc.sql("delete from lost_change where found_at < :before").param("before", utc(before)).update();
        return removed;
    }

    /** What an operator was told. The oldest come first by their ids, so nothing is looked through in vain. */
    int deleteOperatorEvents(Instant before, int most) {
        return deleteFirst("operator_event", "created_at", before, most);
    }

    int deleteUnreadable(Instant before, int most) {
        return deleteFirst("unreadable_webhook", "received_at", before, most);
    }

    private int deleteFirst(String table, String column, Instant before, int most) {
        return jdbc.sql("delete from " + table + " where " + column + " < :before and id <= ("
                        + "select max(first.id) from (select id from " + table + " order by id limit :most) first)")
                .param("before", utc(before)).param("most", most).update();
    }
}
