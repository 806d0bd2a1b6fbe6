// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.database.SqlTime;

/** The rows of the log. */
@Component
class EventRows {

    // The unique key is the dedupe: see src/docs/decisions/0001-event-log.md.
    private static final String INSERT =
            """
            insert into event (id, delivery_id, instance_id, resource, object_id, version, sync_token, event_type, operation,
                               changed_at, polled_at, recorded_at, record)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;
    private static final int BATCH = 1000;

    /** Two transactions that hold the same changes must not wait for each other crosswise. */
    private static final Comparator<Row> IN_ORDER_OF_THE_KEY = Comparator
            .comparingLong((Row row) -> row.changes.instanceId())
            .thenComparing(row -> row.changes.resource())
            .thenComparing(row -> row.event.objectId())
            .thenComparing(row -> row.version)
            .thenComparing(row -> row.event.type());

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final Ids ids;

    EventRows(JdbcTemplate jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.client = JdbcClient.create(jdbc);
        this.ids = ids;
    }

    /** A row on its way into the log. */
    static final class Row {

        private final Changes changes;
        private final Event event;
        private final String version;
        private final long id;
        private final long deliveryId;
        private final Instant recordedAt;
        private boolean superseded;
        private boolean fresh;

        private Row(Changes changes, Change change, long id, long deliveryId, Instant now) {
            var type = EventType.of(change, changes.createdTolerance());
            var told = change.operation();
            this.changes = changes;
            this.event = new Event(
                    change.objectId(),
                    change.syncToken(),
                    type.name(),
                    told != null && told.saysMore() ? told.word() : null,
                    change.updatedAt() == null ? now : change.updatedAt(),
                    changes.polledAt(),
                    change.record());
            this.version = version(change);
            this.id = id;
            this.deliveryId = deliveryId;
            this.recordedAt = now;
        }
    }

    /** With ids that grow, those of a notification neighbours. */
    List<Row> draft(List<Changes> all, Instant now) {
        var drafts = new ArrayList<Row>();
        for (var changes : all) {
            int size = changes.notificationSize();
            int count = changes.list().size();
            for (int start = 0; start < count; start += size) {
                int end = Math.min(start + size, count);
                long first = ids.take(end - start);
                for (int i = start; i < end; i++) {
                    drafts.add(new Row(changes, changes.list().get(i), first + i - start, first, now));
                }
            }
        }
        return drafts;
    }

    /**
     * Leaves out what is older than a state of the same object that the log has already: a poll that took long may bring what
     * was read before a webhook told of the next state, and nothing is told after what is newer.
     */
    void leaveOutSuperseded(List<Row> drafts) {
        var numbered = drafts.stream().filter(row -> row.event.syncToken() != null && row.event.syncToken().matches("\\d{1,18}"))
                .collect(Collectors.groupingBy(row -> List.of(row.changes.instanceId(), row.changes.resource())));
        numbered.values().forEach(this::compare);
    }

    private void compare(List<Row> ofOneResource) {
        var objects = ofOneResource.stream().map(row -> row.event.objectId()).distinct().toArray(String[]::new);
        var newest = new HashMap<String, Long>();
        var first = ofOneResource.get(0).changes;
        client.sql("""
                select object_id, max(lpad(sync_token, 18, '0')) as newest from event
                where instance_id = :instance and resource = :resource and object_id = any(:objects)
                  and sync_token is not null and char_length(sync_token) <= 18
                group by object_id
                """)
                .param("instance", first.instanceId()).param("resource", first.resource()).param("objects", objects)
                .query(row -> {
                    if (row.getString("newest").matches("\\d+")) {
                        newest.put(row.getString("object_id"), Long.parseLong(row.getString("newest")));
                    }
                });
        ofOneResource.forEach(row -> row.superseded =
                newest.getOrDefault(row.event.objectId(), -1L) > Long.parseLong(row.event.syncToken()));
    }

    /** Finds out which are new. */
    void insert(List<Row> drafts) {
        var sorted = drafts.stream().filter(row -> !row.superseded).sorted(IN_ORDER_OF_THE_KEY).toList();
        int[][] inserted = jdbc.batchUpdate(INSERT, sorted, BATCH, EventRows::set);
        for (int i = 0; i < sorted.size(); i++) {
            // A driver that does not say counts as new: a run without rows owes nothing.
            sorted.get(i).fresh = inserted[i / BATCH][i % BATCH] != 0;
        }
    }

    private static void set(PreparedStatement row, Row draft) throws SQLException {
        var event = draft.event;
        row.setLong(1, draft.id);
        row.setLong(2, draft.deliveryId);
        row.setLong(3, draft.changes.instanceId());
        row.setString(4, draft.changes.resource());
        row.setString(5, event.objectId());
        row.setString(6, draft.version);
        row.setString(7, event.syncToken());
        row.setString(8, event.type());
        row.setString(9, event.operation());
        setTime(row, 10, event.changedAt());
        setTime(row, 11, event.polledAt());
        setTime(row, 12, draft.recordedAt);
        row.setBytes(13, event.record());
    }

    private static void setTime(PreparedStatement row, int column, @Nullable Instant time) throws SQLException {
        if (time == null) {
            row.setNull(column, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            row.setObject(column, SqlTime.utc(time));
        }
    }

    /** What makes this state of the object different from the one before. */
    private static String version(Change change) {
        if (change.syncToken() != null) {
            return change.syncToken();
        }
        if (change.updatedAt() != null) {
            return change.updatedAt().toString();
        }
        return "sha256:" + HexFormat.of().formatHex(Digests.sha256(change.record()));
    }

    static Kept kept(List<Row> drafts) {
        int fresh = (int) drafts.stream().filter(row -> row.fresh).count();
        return new Kept(fresh, drafts.size() - fresh);
    }

    /** The notifications owed, in the order of their ids. */
    static List<Run> runs(List<Row> drafts) {
        var runs = new ArrayList<Run>();
        for (int start = 0, end; start < drafts.size(); start = end) {
            var first = drafts.get(start);
            end = start;
            var events = new ArrayList<Event>();
            while (end < drafts.size() && drafts.get(end).deliveryId == first.deliveryId) {
                if (drafts.get(end).fresh) {
                    events.add(drafts.get(end).event);
                }
                end++;
            }
            if (!events.isEmpty()) {
                runs.add(new Run(first.id, drafts.get(end - 1).id, first.changes.instanceId(), first.changes.resource(),
                        first.recordedAt, events));
            }
        }
        return runs;
    }
}
