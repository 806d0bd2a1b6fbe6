// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code oauth_token} as it stands; the tokens are still sealed. */
record TokenRow(
        long version,
        String access,
        String refresh,
        @Nullable String secret,
        Instant expiresAt,
        @Nullable Instant refreshExpiresAt,
        @Nullable Instant hardExpiresAt,
        @Nullable Instant startedAt,
        @Nullable String startedBy,
        @Nullable Instant retryAt,
        @Nullable Instant lostAt,
        @Nullable String broken,
        @Nullable Instant brokenAt,
        @Nullable Instant endToldAt) {

    static TokenRow of(ResultSet row, int number) throws SQLException {
        return new TokenRow(
                row.getLong("version"),
                row.getString("access_token"),
                row.getString("refresh_token"),
                row.getString("token_secret"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                instant(row, "refresh_expires_at"),
                instant(row, "hard_expires_at"),
                instant(row, "refresh_started_at"),
                row.getString("refresh_started_by"),
                instant(row, "refresh_retry_at"),
                instant(row, "refresh_lost_at"),
                row.getString("broken"),
                instant(row, "broken_at"),
                instant(row, "end_told_at"));
    }

    boolean outlives(Instant now, Duration time) {
        return expiresAt.isAfter(now.plus(time));
    }

    @Override
    public String toString() {
        return "TokenRow[version=" + version + ", expiresAt=" + expiresAt + ", broken=" + broken + "]";
    }

    /** OAuth 1.0: nothing to refresh. */
    boolean signs() {
        return secret != null;
    }

    /** When it ends unless somebody does something. */
    Optional<Instant> end() {
        return Stream.of(refreshExpiresAt, hardExpiresAt).filter(Objects::nonNull).min(Comparator.naturalOrder());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
