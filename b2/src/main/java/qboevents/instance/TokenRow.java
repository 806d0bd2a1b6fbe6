// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** {@code oauth_token} as it stands; the tokens are still sealed. */
record TokenRow(
        long version,
        String access,
        String refresh,
        Instant expiresAt,
        @Nullable Instant startedAt,
        @Nullable String startedBy,
        @Nullable Instant retryAt,
        @Nullable Instant lostAt,
        @Nullable String broken) {

    static TokenRow of(ResultSet row, int number) throws SQLException {
        return new TokenRow(
                row.getLong("version"),
                row.getString("access_token"),
                row.getString("refresh_token"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                instant(row, "refresh_started_at"),
                row.getString("refresh_started_by"),
                instant(row, "refresh_retry_at"),
                instant(row, "refresh_lost_at"),
                row.getString("broken"));
    }

    boolean outlives(Instant now, Duration time) {
        return expiresAt.isAfter(now.plus(time));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
