// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import qboevents.database.SqlTime;

/** The rows of the log. */
@Component
class EventRows {

    // The unique key is the dedupe: see src/docs/decisions/0001-event-log.md.
    private static final String INSERT =
            """
            insert into event (id, delivery_id, instance_id, resource, object_id, version, sync_token, event_type, operation,
                               changed_at, polled_at, recorded_at, record, shows)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;
    private static final int BATCH = 1000;

    /** What every later state of a record shows too: done is it only in the first of them. */
    private static final Set<String> SHOWN_FOR_EVER = Set.of(Operation.VOIDED.word(), Operation.DEACTIVATED.word());

    /** Two transactions that hold the same changes must not wait for each other crosswise. */
    static final Comparator<Row> IN_ORDER_OF_THE_KEY = Comparator
            .comparingLong((Row row) -> row.changes.instanceId())
            .thenComparing(row -> row.changes.resource())
            .thenComparing(row -> row.event.objectId())
            .thenComparing(row -> row.version)
            .thenComparing(row -> row.event.type());

    private final JdbcTemplate jdbc;
    private final LatestStates states;
    private final Turns turns;
    private final Ids ids;

    EventRows(JdbcTemplate jdbc, LatestStates states, Turns turns, Ids ids) {
        this.jdbc = jdbc;
        this.states = states;
        this.turns = turns;
        this.ids = ids;
    }

    /** A row on its way into the log. */
    static final class Row {

        private final Changes changes;
        private Event event;
        private String version;
        private final long id;
        private final long deliveryId;
        private Instant recordedAt;
        private final @Nullable String shows;
        private final @Nullable String traceparent;
        private boolean superseded;
        private boolean fresh;
        private @Nullable Long sameDeletion;

        private Row(Changes changes, Change change, long id, long deliveryId, @Nullable String traceparent, Instant now) {
            var type = EventType.of(change, changes.createdTolerance());
            var told = change.operation();
            this.changes = changes;
            this.event = new Event(
                    change.objectId(),
                    change.syncToken(),
                    type.name(),
                    told != null && told.saysMore(type) ? told.word() : null,
                    change.updatedAt() == null ? now : change.updatedAt(),
                    changes.polledAt(),
                    change.record());
            this.version = versionOf(change);
            this.id = id;
            this.deliveryId = deliveryId;
            this.recordedAt = now;
            this.traceparent = traceparent;
            this.shows = SHOWN_FOR_EVER.contains(String.valueOf(event.operation())) ? event.operation() : null;
        }

        long id() {
            return id;
        }

        Changes changes() {
            return changes;
        }

        Event event() {
            return event;
        }

        String version() {
            return version;
        }

        Instant recordedAt() {
            return recordedAt;
        }

        /** What makes it one change, within its resource. */
        List<String> key() {
            return List.of(event.objectId(), version, event.type());
        }

        /** The event of the log that is this deletion as somebody else dated it; null: there was none. */
        @Nullable Long sameDeletion() {
            return sameDeletion;
        }

        /** Whether a poll and a webhook were both to tell of it. */
        boolean toldByBoth() {
            return changes.bothSince() != null && !event.changedAt().isBefore(changes.bothSince());
        }

        private boolean numbered() {
            return number() >= 0;
        }

        private long number() {
            return LatestStates.number(event.syncToken());
        }

        boolean deleted() {
            return event.type().equals(EventType.DELETED.name());
        }

        /** A poll and a webhook date a deletion otherwise, so its time does not show that they mean the same. */
        private boolean deletedOnce() {
            return changes.deletedOnce() && deleted();
        }

        /** @param known the object's latest state in the log; null: it is not there */
        private void compareWith(LatestStates.@Nullable State known) {
            if (deletedOnce()) {
                version = "after:" + (known == null ? 0 : known.id()); // the same for two that come at the same time
            }
            if (known == null) {
                return;
            }
            sameDeletion = deletedOnce() && known.deleted() ? known.id() : null;
            superseded = numbered() && known.newest() > number()
                    || deletedOnce() && known.deleted()
                    || numbered() && known.deleted() && !event.changedAt().isAfter(known.changedAt());
            if (shows != null && shows.equals(known.shows())) {
                event = event.asItsTypeSays();
            }
        }
    }

    /** With ids that grow, those of a notification neighbours. */
    List<Row> draft(List<Changes> all, @Nullable String traceparent, Instant now) {
        var drafts = new ArrayList<Row>();
        for (var changes : all) {
            int size = changes.notificationSize();
            int count = changes.list().size();
            for (int start = 0; start < count; start += size) {
                int end = Math.min(start + size, count);
                long first = ids.take(end - start);
                for (int i = start; i < end; i++) {
                    drafts.add(new Row(changes, changes.list().get(i), first + i - start, first, traceparent, now));
                }
            }
        }
        return drafts;
    }

    /** Waits until nobody else writes of the same instances, until this transaction ends. */
    void awaitTurn(List<Row> drafts) {
        turns.await(drafts.stream().map(row -> row.changes.instanceId()).collect(Collectors.toSet()));
    }

    /**
     * Compares with what the log has of the same objects. What is older is left out: a poll that took long may bring what was
     * read before a webhook told of the next state, and nothing is told after what is newer.
     */
    void compare(List<Row> drafts, Instant now) {
        drafts.forEach(row -> row.recordedAt = now); // in the order of turns
        drafts.stream()
                .filter(row -> row.numbered() || row.deletedOnce())
                .collect(Collectors.groupingBy(row -> List.of(row.changes.instanceId(), row.changes.resource())))
                .values().forEach(this::compareOfOneResource);
    }

    private void compareOfOneResource(List<Row> rows) {
        var first = rows.get(0).changes;
        var objects = rows.stream().map(row -> row.event.objectId()).collect(Collectors.toSet());
        var known = states.of(first.instanceId(), first.resource(), objects);
        rows.forEach(row -> row.compareWith(known.get(row.event.objectId())));
        var newest = new HashMap<String, Long>(); // of what is written with it and comes before it
        for (var row : rows) {
            if (row.numbered() && !row.superseded) {
                row.superseded = newest.merge(row.event.objectId(), row.number(), Math::max) > row.number();
            }
        }
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
        row.setString(14, draft.shows);
    }

    private static void setTime(PreparedStatement row, int column, @Nullable Instant time) throws SQLException {
        if (time == null) {
            row.setNull(column, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            row.setObject(column, SqlTime.utc(time));
        }
    }

    /** What makes this state of the object different from the one before. */
    private static String versionOf(Change change) {
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
                        first.recordedAt, first.traceparent, events));
            }
        }
        return runs;
    }
}
