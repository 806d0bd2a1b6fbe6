// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import qboevents.database.SqlTime;

/** Writes the log. Runs in its caller's transaction, in which the deliveries are written too. */
@Component
public class Events {

    // The unique key is the dedupe: see src/docs/decisions/0001-event-log.md.
    private static final String INSERT =
            """
            insert into event (id, delivery_id, instance_id, resource, object_id, version, sync_token, event_type,
                               changed_at, polled_at, recorded_at, record)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private final JdbcTemplate jdbc;
    private final Ids ids;
    private final Clock clock;

    Events(JdbcTemplate jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /** Keeps each change once; at most a thousand at a time. */
    public Kept keep(Changes changes) {
        if (changes.list().isEmpty()) {
            return new Kept(0, List.of());
        }
        var first = ids.take(changes.list().size());
        var now = clock.instant();
        var inserted = jdbc.batchUpdate(INSERT, new Rows(changes, first, now));
        return owed(changes, first, now, inserted);
    }

    private static Kept owed(Changes changes, long first, Instant now, int[] inserted) {
        var runs = new ArrayList<Run>();
        int count = 0;
        var size = changes.notificationSize();
        for (int start = 0; start < inserted.length; start += size) {
            int end = Math.min(start + size, inserted.length);
            int fresh = 0;
            for (int i = start; i < end; i++) {
                fresh += inserted[i] == 0 ? 0 : 1; // a driver that does not say counts as new: an empty run owes nothing
            }
            if (fresh > 0) {
                runs.add(new Run(first + start, first + end - 1, changes.instanceId(), changes.resource(), now));
                count += fresh;
            }
        }
        return new Kept(count, runs);
    }

    private record Rows(Changes changes, long first, Instant now) implements BatchPreparedStatementSetter {

        @Override
        public int getBatchSize() {
            return changes.list().size();
        }

        @Override
        public void setValues(PreparedStatement row, int i) throws SQLException {
            var change = changes.list().get(i);
            var changedAt = change.updatedAt() == null ? now : change.updatedAt();
            row.setLong(1, first + i);
            row.setLong(2, first + i - i % changes.notificationSize());
            row.setLong(3, changes.instanceId());
            row.setString(4, changes.resource());
            row.setString(5, change.objectId());
            row.setString(6, version(change));
            row.setString(7, change.syncToken());
            row.setString(8, EventType.of(change).name());
            setTime(row, 9, changedAt);
            setTime(row, 10, changes.polledAt());
            setTime(row, 11, now);
            row.setBytes(12, change.record());
        }

        private static void setTime(PreparedStatement row, int column, @Nullable Instant time) throws SQLException {
            if (time == null) {
                row.setNull(column, Types.TIMESTAMP_WITH_TIMEZONE);
            } else {
                row.setObject(column, SqlTime.utc(time));
            }
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
}
