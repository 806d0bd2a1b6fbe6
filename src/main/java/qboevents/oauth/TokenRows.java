// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import static qboevents.database.SqlTime.utc;
import static qboevents.database.SqlTime.utcOrNull;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.encryption.Encryption;

/** The table {@code oauth_token}. Every change of a pair names the version it replaces. */
@Component
class TokenRows {

    private static final String SELECT = """
            select instance_id, version, access_token, refresh_token, token_secret, expires_at, refresh_expires_at, hard_expires_at,
                   refresh_started_at, refresh_started_by, refresh_retry_at, refresh_lost_at, broken, broken_at, end_told_at
            from oauth_token
            """;

    private final JdbcClient database;
    private final Encryption encryption;

    TokenRows(JdbcClient database, Encryption encryption) {
        this.database = database;
        this.encryption = encryption;
    }

    Optional<TokenRow> row(long instanceId) {
        return database.sql(SELECT + "where instance_id = :id")
                .param("id", instanceId).query(TokenRow::of).optional();
    }

    String access(long instanceId, TokenRow row) {
        return encryption.open(place("access_token", instanceId), row.access());
    }

    String refresh(long instanceId, TokenRow row) {
        return encryption.open(place("refresh_token", instanceId), row.refresh());
    }

    /** @throws IllegalStateException when the pair has none, which is OAuth 2.0's */
    String secret(long instanceId, TokenRow row) {
        if (row.secret() == null) {
            throw new IllegalStateException("The token of instance " + instanceId + " does not sign");
        }
        return encryption.open(place("token_secret", instanceId), row.secret());
    }

    Map<Long, TokenRow> rows(Collection<Long> instanceIds) {
        var rows = new HashMap<Long, TokenRow>();
        if (!instanceIds.isEmpty()) {
            database.sql(SELECT + "where instance_id = any(?)")
                    .param(instanceIds.toArray(Long[]::new))
                    .query((row, number) -> rows.put(row.getLong("instance_id"), TokenRow.of(row, number)))
                    .list();
        }
        return rows;
    }

    /** Until the caller's transaction has ended nobody replaces it. */
    Optional<TokenRow> locked(long instanceId) {
        return database.sql(SELECT + "where instance_id = :id for update")
                .param("id", instanceId).query(TokenRow::of).optional();
    }

    /** Those that end before. */
    List<Long> ending(Instant before) {
        return database.sql("""
                select instance_id from oauth_token
                where broken is null and (refresh_expires_at < :before or hard_expires_at < :before)
                order by instance_id
                """).param("before", utc(before)).query(Long.class).list();
    }

    /** @return whether nobody was told of this end before; Intuit tells it in seconds from now, so it is never quite the same */
    boolean tellEnd(long instanceId, Instant end, Duration same) {
        return database.sql("""
                update oauth_token set end_told_at = :end
                where instance_id = :id and (end_told_at is null or end_told_at < :earliest or end_told_at > :latest)
                """)
                .param("id", instanceId)
                .param("end", utc(end))
                .param("earliest", utc(end.minus(same)))
                .param("latest", utc(end.plus(same)))
                .update() == 1;
    }

    /** Whatever the old pair had come to is over. */
    void replace(long instanceId, TokenPair pair, Instant now) {
        var changed = database.sql("""
                update oauth_token
                set version = version + 1, access_token = :access, refresh_token = :refresh, token_secret = :secret,
                    expires_at = :expires, refresh_expires_at = :refreshExpires, hard_expires_at = :hardExpires,
                    refresh_started_at = null, refresh_started_by = null, refresh_retry_at = null, refresh_lost_at = null,
                    broken = null, broken_at = null, end_told_at = null
                where instance_id = :id
                """).param("id", instanceId).params(columns(instanceId, pair, now)).update();
        if (changed == 0) {
            database.sql("""
                    insert into oauth_token (instance_id, version, access_token, refresh_token, token_secret, expires_at,
                                             refresh_expires_at, hard_expires_at)
                    values (:id, 1, :access, :refresh, :secret, :expires, :refreshExpires, :hardExpires)
                    """).param("id", instanceId).params(columns(instanceId, pair, now)).update();
        }
    }

    /** @return whether the pair of that version was still the stored one */
    boolean succeed(long instanceId, long version, TokenPair pair, Instant now) {
        return database.sql("""
                update oauth_token
                set version = version + 1, access_token = :access, refresh_token = :refresh, token_secret = :secret,
                    expires_at = :expires, refresh_expires_at = coalesce(:refreshExpires, refresh_expires_at),
                    hard_expires_at = coalesce(:hardExpires, hard_expires_at), refresh_started_at = null,
                    refresh_started_by = null, refresh_retry_at = null, refresh_lost_at = null, broken = null, broken_at = null
                where instance_id = :id and version = :version
                """).param("id", instanceId).param("version", version).params(columns(instanceId, pair, now)).update() == 1;
    }

    /** @return whether the row was still as it was read; a claim that is taken over may have spent the token */
    boolean claim(long instanceId, TokenRow read, String owner, Instant now) {
        return database.sql("""
                update oauth_token
                set refresh_started_at = :now, refresh_started_by = :owner,
                    refresh_lost_at = coalesce(refresh_lost_at, refresh_started_at)
                where instance_id = :id and version = :version and broken is null
                  and coalesce(refresh_started_by, '') = :before
                """)
                .param("id", instanceId)
                .param("version", read.version())
                .param("now", utc(now))
                .param("owner", owner)
                .param("before", read.startedBy() == null ? "" : read.startedBy())
                .update() == 1;
    }

    /** @param lostAt set when the token may have been spent */
    void release(Refresh refresh, Instant retryAt, @Nullable Instant lostAt) {
        database.sql("""
                update oauth_token
                set refresh_started_at = null, refresh_started_by = null, refresh_retry_at = :retry,
                    refresh_lost_at = coalesce(refresh_lost_at, :lost)
                where instance_id = :id and version = :version and refresh_started_by = :owner
                """)
                .param("id", refresh.instanceId())
                .param("version", refresh.version())
                .param("owner", refresh.owner())
                .param("retry", utc(retryAt))
                .param("lost", utcOrNull(lostAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    /** @return whether the pair was still the stored one, and good until now */
    boolean end(long instanceId, long version, String reason, Instant now) {
        return database.sql("""
                update oauth_token
                set broken = :reason, broken_at = :now, refresh_started_at = null, refresh_started_by = null
                where instance_id = :id and version = :version and broken is null
                """)
                .param("id", instanceId).param("version", version).param("reason", reason).param("now", utc(now))
                .update() == 1;
    }

    /** For a process that is alone with its database and has just started: nobody is left who could have claims. */
    void abandonAll() {
        database.sql("""
                update oauth_token
                set refresh_lost_at = coalesce(refresh_lost_at, refresh_started_at), refresh_started_at = null,
                    refresh_started_by = null
                where refresh_started_at is not null
                """).update();
    }

    void delete(long instanceId) {
        database.sql("delete from oauth_token where instance_id = :id").param("id", instanceId).update();
    }

    private Map<String, Object> columns(long instanceId, TokenPair pair, Instant now) {
        var columns = new HashMap<String, Object>();
        columns.put("access", encryption.seal(place("access_token", instanceId), pair.access()));
        columns.put("refresh", encryption.seal(place("refresh_token", instanceId), pair.refresh()));
        columns.put("secret", new SqlParameterValue(Types.VARCHAR,
                pair.secret().map(secret -> encryption.seal(place("token_secret", instanceId), secret)).orElse(null)));
        columns.put("expires", utc(now.plus(pair.lifetime())));
        columns.put("refreshExpires", after(now, pair.refreshLifetime()));
        columns.put("hardExpires", after(now, pair.hardLifetime()));
        return columns;
    }

    private static SqlParameterValue after(Instant now, Optional<Duration> time) {
        return new SqlParameterValue(
                Types.TIMESTAMP_WITH_TIMEZONE, time.map(life -> utc(now.plus(life))).orElse(null));
    }

    private static String place(String column, long instanceId) {
        return "oauth_token/" + column + "/" + instanceId;
    }
}
