// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import qboevents.database.Database;
import qboevents.delivery.Owed.ObjectKey;
import qboevents.event.Event;
import qboevents.event.Run;
import qboevents.instance.Instance;

/**
 * Reads the queue. Each statement walks the index {@code delivery_lane} in its order, which H2 does only when {@code order
 * by} names its columns from the first on; otherwise it would sort a backlog to find its head.
 */
@Component
class DeliveryRows {

    private static final Duration ANY_CLOCK = Duration.ofDays(1);

    private static final String DUE = """
            (select %1$d as place, id, last_event_id, resource, status, attempts, created_at, traceparent, next_attempt_at from delivery
             where status = :status%1$d and instance_id = %2$s and next_attempt_at <= :until%1$d
             order by status, instance_id, next_attempt_at, id
             limit %3$s)
            """;

    private static final String DUE_OF_EACH = """
            select of.instance_id, id, last_event_id, resource, status, attempts, created_at, traceparent
            from unnest(cast(:instances as bigint[]), cast(:mosts as integer[])) of (instance_id, most)
            cross join lateral (%s) head
            order by of.instance_id, place, next_attempt_at, id
            """;

    private static final String LANES = """
            with recursive lane (instance_id, next_attempt_at) as (
                (select instance_id, next_attempt_at from delivery
                 where status = :status order by status, instance_id, next_attempt_at limit 1)
                union all
                select next.instance_id, next.next_attempt_at from lane cross join lateral (
                    select d.instance_id, d.next_attempt_at from delivery d
                    where d.status = :status and d.instance_id > lane.instance_id
                    order by d.status, d.instance_id, d.next_attempt_at limit 1) next)
            select instance_id, next_attempt_at from lane
            """;

    /** Sent when an operator asks for it, whatever else is held. */
    static final List<String> ASKED_FOR = List.of("again", "repeat");
    static final List<String> NOTHING_NEW = List.of("again", "repeat", "retry");
    static final List<String> EVERYTHING = List.of("again", "repeat", "retry", "due", "replay");

    private final JdbcClient jdbc;
    private final Database database;

    DeliveryRows(JdbcClient jdbc, Database database) {
        this.jdbc = jdbc;
        this.database = database;
    }

    /**
     * What is wanted of one lane.
     *
     * @param statuses that are read
     * @param most of each status
     */
    record Head(long instanceId, List<String> statuses, int most) {}

    /** A row of the queue without its events. */
    record Row(
            long id, long lastId, String resource, String status, int attempts, Instant createdAt, @Nullable String traceparent) {

        static Row retried(Owed parked) {
            return new Row(parked.id, parked.lastId, parked.resource, parked.status, parked.attempts, parked.createdAt,
                    parked.traceparent);
        }

        static Row of(ResultSet row, int number) throws SQLException {
            return new Row(row.getLong("id"), row.getLong("last_event_id"), row.getString("resource"),
                    row.getString("status"), row.getInt("attempts"), row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    row.getString("traceparent"));
        }
    }

    /**
     * What is to be sent now, of each status the oldest. {@code due} is always due: its time says its place, by the clock of the node
     * that kept it, which may be ahead of ours, or was read a moment ago only.
     */
    List<Row> due(List<String> statuses, long instanceId, int most, Instant now) {
        var sql = "select id, last_event_id, resource, status, attempts, created_at, traceparent from (" + each(statuses, ":instance", ":most") + ") due order by place, next_attempt_at, id";
        return of(jdbc.sql(sql), statuses, now).param("instance", instanceId).param("most", most).query(Row::of).list();
    }

    /** The same of many lanes, by their instances: on PostgreSQL in one statement, since each is a way to another machine. */
    Map<Long, List<Row>> due(List<Head> heads, Instant now) {
        var due = new HashMap<Long, List<Row>>();
        for (var statuses : List.of(EVERYTHING, NOTHING_NEW, ASKED_FOR)) {
            var such = heads.stream().filter(head -> head.statuses().equals(statuses)).toList();
            if (database.hasLateral() && such.size() > 1) {
                dueOfEach(statuses, such, now, due);
            } else {
                such.forEach(head -> due.put(head.instanceId(), due(statuses, head.instanceId(), head.most(), now)));
            }
        }
        return due;
    }

    private void dueOfEach(List<String> statuses, List<Head> heads, Instant now, Map<Long, List<Row>> due) {
        var sql = DUE_OF_EACH.formatted(each(statuses, "of.instance_id", "of.most"));
        of(jdbc.sql(sql), statuses, now)
                .param("instances", heads.stream().map(Head::instanceId).toArray(Long[]::new))
                .param("mosts", heads.stream().map(Head::most).toArray(Integer[]::new))
                .query(row -> {
                    due.computeIfAbsent(row.getLong("instance_id"), id -> new ArrayList<>()).add(Row.of(row, 0));
                });
    }

    private static String each(List<String> statuses, String instance, String most) {
        return IntStream.range(0, statuses.size()).mapToObj(place -> DUE.formatted(place, instance, most))
                .collect(Collectors.joining("\nunion all\n"));
    }

    private static StatementSpec of(StatementSpec query, List<String> statuses, Instant now) {
        for (int place = 0; place < statuses.size(); place++) {
            var status = statuses.get(place);
            query = query.param("status" + place, status)
                    .param("until" + place, utc(status.equals("due") ? now.plus(ANY_CLOCK) : now));
        }
        return query;
    }

    /**
     * Tried and not taken: with the objects that have to wait for it.
     *
     * @param most of them, those that are due first; when one more is found there are more
     */
    Map<Owed, Instant> parked(long instanceId, int most) {
        var until = new HashMap<Long, Instant>();
        RowMapper<Row> mapper = (row, number) -> {
            until.put(row.getLong("id"), row.getObject("next_attempt_at", OffsetDateTime.class).toInstant());
            return Row.of(row, number);
        };
        var rows = new ArrayList<>(jdbc.sql("""
                select id, last_event_id, resource, status, attempts, created_at, next_attempt_at, traceparent from delivery
                where status = 'retry' and instance_id = :instance
                order by status, instance_id, next_attempt_at, id
                limit :most
                """)
                .param("instance", instanceId).param("most", most + 1).query(mapper).list());
        for (var of = rows.size() > most ? List.copyOf(rows) : List.<Row>of(); !of.isEmpty(); rows.addAll(of)) {
            of = older(of, rows, mapper);
        }
        var objects = new HashMap<Long, List<ObjectKey>>();
        events(rows, "delivery_id, resource, object_id", row -> objects
                .computeIfAbsent(row.getLong("delivery_id"), id -> new ArrayList<>())
                .add(new ObjectKey(row.getString("resource"), row.getString("object_id"))));
        var parked = new LinkedHashMap<Owed, Instant>();
        for (var row : rows) {
            var keys = objects.getOrDefault(row.id(), List.of()).stream().distinct().toList();
            var owed = new Owed(row.id(), row.lastId(), row.resource(), row.status(), row.createdAt(), row.attempts(),
                    row.traceparent(), keys);
            parked.put(owed, until.get(row.id()));
        }
        return parked;
    }

    /** Of the same objects, and to be tried later than all of those: an operator has made a newer state due. */
    private List<Row> older(List<Row> rows, List<Row> read, RowMapper<Row> mapper) {
        return jdbc.sql("""
                select distinct d.id, d.last_event_id, d.resource, d.status, d.attempts, d.created_at, d.next_attempt_at, d.traceparent
                from event mine
                join event other on other.instance_id = mine.instance_id and other.resource = mine.resource
                                and other.object_id = mine.object_id and other.recorded_at <= mine.recorded_at
                join delivery d on d.id = other.delivery_id
                where mine.id = any(:events) and d.status = 'retry' and not (d.id = any(:read))
                """)
                .param("read", read.stream().map(Row::id).toArray(Long[]::new)).param("events", eventIds(rows)).query(mapper).list();
    }

    private static Long[] eventIds(Collection<Row> rows) {
        return rows.stream().flatMapToLong(row -> LongStream.rangeClosed(row.id(), row.lastId())).boxed().toArray(Long[]::new);
    }

    /** With their events; a run whose events were all known already has none, and is not owed. */
    List<Delivery> deliveries(Map<Row, Instance> rows, Instant now) {
        var found = new LinkedHashMap<Long, Delivery>();
        rows.forEach((row, instance) -> found.put(row.id(), new Delivery(row.id(), row.lastId(), instance, row.resource(),
                row.attempts(), row.status(), row.createdAt(), now, row.traceparent(), new ArrayList<>())));
        events(rows.keySet(), "delivery_id, object_id, sync_token, event_type, operation, changed_at, polled_at, record",
                row -> found.get(row.getLong("delivery_id")).events().add(event(row)));
        return List.copyOf(found.values());
    }

    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    // By their ids, which a run knows, and not with a join: PostgreSQL reads the whole log for "between", from a size on.
    private void events(Collection<Row> rows, String columns, Reader reader) {
        if (rows.isEmpty()) {
            return;
        }
        var deliveries = new HashMap<Long, Row>();
        rows.forEach(row -> deliveries.put(row.id(), row));
        jdbc.sql("select " + columns + " from event where id = any(:ids) order by id")
                .param("ids", eventIds(rows))
                .query(row -> {
                    if (deliveries.containsKey(row.getLong("delivery_id"))) {
                        reader.read(row);
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

    /** Every instance that is owed anything, and when first: from one to the next by the index. */
    Map<Long, Instant> lanes(String status) {
        var lanes = new LinkedHashMap<Long, Instant>();
        if (database.hasLateral()) {
            jdbc.sql(LANES).param("status", status).query(row -> {
                lanes.put(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant());
            });
            return lanes;
        }
        for (var lane = lane(status, Long.MIN_VALUE); lane.isPresent(); lane = lane(status, lane.get().getKey())) {
            lanes.put(lane.get().getKey(), lane.get().getValue());
        }
        return lanes;
    }

    private Optional<Map.Entry<Long, Instant>> lane(String status, long after) {
        return jdbc.sql("""
                select instance_id, next_attempt_at from delivery
                where status = :status and instance_id > :after
                order by status, instance_id, next_attempt_at
                limit 1
                """)
                .param("status", status)
                .param("after", after)
                .query((row, n) -> Map.entry(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .optional();
    }

    /**
     * Puts into the queue once more what was delivered, under the same ids.
     *
     * @return false when it is owed still, or again
     */
    boolean repeat(String status, long run, Instant now) {
        return jdbc.sql("""
                insert into delivery (id, last_event_id, instance_id, resource, status, attempts, next_attempt_at, created_at)
                select delivery_id, max(id), instance_id, resource, :status, 0, cast(:now as timestamp with time zone),
                       min(recorded_at)
                from event
                where id between :run and :run + :most and delivery_id = :run
                group by delivery_id, instance_id, resource
                on conflict do nothing
                """)
                .param("status", status).param("now", utc(now)).param("run", run).param("most", Run.MOST)
                .update() == 1;
    }

    /** Those of them that are owed still. */
    List<Long> present(Collection<Long> ids) {
        return jdbc.sql("select id from delivery where id = any(:ids)")
                .param("ids", ids.toArray(Long[]::new)).query(Long.class).list();
    }

    /** Of these, what was kept in the moment in which they were deleted: nobody is there to be sent it. */
    void forgetOfDeleted(Collection<Long> instanceIds) {
        if (!instanceIds.isEmpty()) {
            jdbc.sql("""
                    delete from delivery where status = any(:owed) and instance_id = any(:ids)
                      and exists (select 1 from instance i where i.id = delivery.instance_id and i.deleted_at is not null)
                    """)
                    .param("owed", EVERYTHING.toArray(String[]::new)).param("ids", instanceIds.toArray(Long[]::new)).update();
        }
    }

    void forget(Collection<Long> ids) {
        jdbc.sql("delete from delivery where id = any(:ids)").param("ids", ids.toArray(Long[]::new)).update();
    }
}
