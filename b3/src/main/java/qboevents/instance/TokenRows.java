// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code oauth_token}. Every change of a pair names the version it replaces. */
@Component
class TokenRows {

    private final JdbcClient database;
    private final Encryption encryption;

    TokenRows(JdbcClient database, Encryption encryption) {
        this.database = database;
        this.encryption = encryption;
    }

    Optional<TokenRow> row(long instanceId) {
        return database.sql("select * from oauth_token where instance_id = :id")
                .param("id", instanceId).query(TokenRow::of).optional();
    }

    String access(long instanceId, TokenRow row) {
        return encryption.open(place("access_token", instanceId), row.access());
    }

    String refresh(long instanceId, TokenRow row) {
        return encryption.open(place("refresh_token", instanceId), row.refresh());
    }

    Set<Long> broken() {
        return database.sql("select instance_id from oauth_token where broken is not null").query(Long.class).set();
    }

    /** Whatever the old pair had come to is over. */
    void replace(long instanceId, TokenPair pair, Instant now) {
        var changed = database.sql("""
                update oauth_token
                set version = version + 1, access_token = :access, refresh_token = :refresh, expires_at = :expires,
                    refresh_expires_at = :refreshExpires, refresh_started_at = null, refresh_started_by = null,
                    refresh_retry_at = null, refresh_lost_at = null, broken = null
                where instance_id = :id
                """).param("id", instanceId).params(columns(instanceId, pair, now)).update();
        if (changed == 0) {
            database.sql("""
                    insert into oauth_token (instance_id, version, access_token, refresh_token, expires_at, refresh_expires_at)
                    values (:id, 1, :access, :refresh, :expires, :refreshExpires)
                    """).param("id", instanceId).params(columns(instanceId, pair, now)).update();
        }
    }

    /** @return whether the pair of that version was still the stored one */
    boolean succeed(long instanceId, long version, TokenPair pair, Instant now) {
        return database.sql("""
                update oauth_token
                set version = version + 1, access_token = :access, refresh_token = :refresh, expires_at = :expires,
                    refresh_expires_at = coalesce(:refreshExpires, refresh_expires_at), refresh_started_at = null,
                    refresh_started_by = null, refresh_retry_at = null, refresh_lost_at = null, broken = null
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
                .param("now", at(now))
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
                .param("retry", at(retryAt))
                .param("lost", lostAt == null ? null : at(lostAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    /** @return whether the pair was still the stored one */
    boolean end(Refresh refresh, String reason) {
        return database.sql("""
                update oauth_token
                set broken = :reason, refresh_started_at = null, refresh_started_by = null
                where instance_id = :id and version = :version
                """)
                .param("id", refresh.instanceId()).param("version", refresh.version()).param("reason", reason)
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
        columns.put("expires", at(now.plus(pair.lifetime())));
        columns.put("refreshExpires", new SqlParameterValue(
                Types.TIMESTAMP_WITH_TIMEZONE, pair.refreshLifetime().map(life -> at(now.plus(life))).orElse(null)));
        return columns;
    }

    private static String place(String column, long instanceId) {
        return "oauth_token/" + column + "/" + instanceId;
    }

    private static OffsetDateTime at(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
