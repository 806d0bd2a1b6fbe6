// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A walk over all that is old, from one instance to the next and in each from the oldest on.
 *
 * @param began what was older than the retention then is looked at
 * @param instanceId with time and id: up to here all was looked at
 * @param kept old enough, but still needed
 */
record RetentionRound(Instant began, long instanceId, Instant time, long id, long removed, long kept) {

    static RetentionRound beginning(Instant now) {
        return new RetentionRound(now, -1, Instant.EPOCH, -1, 0, 0);
    }

    static RetentionRound of(ResultSet row, int number) throws SQLException {
        return new RetentionRound(
                time(row, "round_at"), row.getLong("instance_id"), time(row, "recorded_at"), row.getLong("event_id"),
                row.getLong("removed"), row.getLong("kept"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    boolean over() {
        return instanceId < 0;
    }

    RetentionRound at(long next) {
        return new RetentionRound(began, next, Instant.EPOCH, -1, removed, kept);
    }

    RetentionRound behind(Instant lastTime, long lastId, int more, int stayed) {
        return new RetentionRound(began, instanceId, lastTime, lastId, removed + more, kept + stayed);
    }
}
