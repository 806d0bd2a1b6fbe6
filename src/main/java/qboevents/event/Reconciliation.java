// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import static qboevents.database.SqlTime.utc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.database.SqlTime;
import qboevents.event.EventRows.Row;

/**
 * Who told each change of an instance that is polled and listens too: a poll, a webhook, or both. Derived from the rows of the
 * log in the transaction that writes them, so that it cannot come to differ from them
 * (src/docs/decisions/0013-reconciliation.md).
 */
@Component
public class Reconciliation {

    private static final String INSERT =
            """
            insert into reconciliation (event_id, instance_id, resource, recorded_at, by_poll, by_webhook)
            values (?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;
    private static final int BATCH = 1000;

    private final JdbcTemplate batches;
    private final JdbcClient jdbc;
    private final LostChanges lostChanges;

    Reconciliation(JdbcTemplate batches, JdbcClient jdbc, LostChanges lostChanges) {
        this.batches = batches;
        this.jdbc = jdbc;
        this.lostChanges = lostChanges;
    }

    /** What came together of one resource, from one side. */
    private record Side(long instanceId, String resource, boolean poll) {

        static Side of(Row row) {
            return new Side(row.changes().instanceId(), row.changes().resource(), row.changes().polledAt() != null);
        }
    }

    /**
     * After what was new is in the log: the others are there already, or a later state of theirs is. A record that was read for a
     * webhook and was there already may be a later state than the one meant: what was meant is told by {@link #toldByWebhook}.
     */
    void note(List<Row> rows) {
        var sides = rows.stream()
                .filter(Row::toldByBoth)
                .sorted(EventRows.IN_ORDER_OF_THE_KEY)
                .collect(Collectors.groupingBy(Side::of, LinkedHashMap::new, Collectors.toList()));
        if (sides.isEmpty()) {
            return;
        }
        var fresh = new ArrayList<Row>();
        var known = new HashMap<Boolean, TreeSet<Long>>(Map.of(true, new TreeSet<>(), false, new TreeSet<>()));
        sides.forEach((side, told) -> {
            var held = held(side, told);
            var missing = new ArrayList<Row>();
            for (var row : told) {
                var id = held.getOrDefault(row.key(), row.sameDeletion());
                if (id == null) {
                    missing.add(row);
                } else if (id == row.id()) {
                    fresh.add(row);
                } else if (side.poll() || row.deleted()) {
                    known.get(side.poll()).add(id);
                }
            }
            if (side.poll()) {
                lostChanges.look(missing);
            }
        });
        insert(fresh);
        toldBy("by_poll", known.get(true));
        toldBy("by_webhook", known.get(false));
    }

    // Each by the unique key: for any(…) H2 would read all of the resource.
    /** Which of them the log holds, and under which id. */
    private Map<List<String>, Long> held(Side side, List<Row> rows) {
        var held = new HashMap<List<String>, Long>();
        jdbc.sql("""
                select told.object_id, told.version, told.event_type,
                       (select e.id from event e
                        where e.instance_id = :instance and e.resource = :resource and e.object_id = told.object_id
                          and e.version = told.version and e.event_type = told.event_type) as id
                from unnest(cast(:objects as varchar array), cast(:versions as varchar array), cast(:types as varchar array))
                     as told(object_id, version, event_type)
                """)
                .param("instance", side.instanceId())
                .param("resource", side.resource())
                .param("objects", texts(rows, row -> row.event().objectId()))
                .param("versions", texts(rows, Row::version))
                .param("types", texts(rows, row -> row.event().type()))
                .query(row -> {
                    var id = row.getObject("id", Long.class);
                    if (id != null) {
                        held.put(List.of(row.getString(1), row.getString(2), row.getString(3)), id);
                    }
                });
        return held;
    }

    private static String[] texts(List<Row> rows, Function<Row, String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }

    private void insert(List<Row> fresh) {
        batches.batchUpdate(INSERT, fresh, BATCH, (statement, row) -> {
            var side = Side.of(row);
            statement.setLong(1, row.id());
            statement.setLong(2, side.instanceId());
            statement.setString(3, side.resource());
            statement.setObject(4, SqlTime.utc(row.recordedAt()));
            statement.setBoolean(5, side.poll());
            statement.setBoolean(6, !side.poll());
        });
    }

    /** Webhooks told of these events too, however the log heard of them first. */
    public void toldByWebhook(Collection<Long> eventIds) {
        toldBy("by_webhook", eventIds);
    }

    // What is from before the instance was told by both has no row, and gets none.
    private void toldBy(String side, Collection<Long> eventIds) {
        if (!eventIds.isEmpty()) {
            jdbc.sql("update reconciliation set " + side + " = true where event_id = any(:ids) and " + side + " = false")
                    .param("ids", eventIds.toArray(Long[]::new))
                    .update();
        }
    }

    /** @param only of this instance; null: of all */
    public long recoveredByPoll(Instant since, @Nullable Long only) {
        return jdbc.sql("""
                select count(*) from reconciliation
                where by_webhook = false and recorded_at >= :since and (:all or instance_id = :instance)
                """)
                .param("since", utc(since))
                .param("all", only == null)
                .param("instance", only == null ? 0 : only)
                .query(Long.class)
                .single();
    }
}
