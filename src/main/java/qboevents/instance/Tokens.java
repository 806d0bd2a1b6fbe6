// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.database.Database;

/**
 * The token pairs. A refresh token is spent by one thread of one node at a time, because Intuit may take a second one
 * for an attack and end the connection: the row says who spends it, and no lock is held while Intuit answers. Why each
 * outcome leads where it does: decisions/0003-oauth-refresh.md.
 */
@Component
public class Tokens {

    private static final Logger log = LoggerFactory.getLogger(Tokens.class);

    /** An access token with less than this left is renewed before it is used. */
    private static final Duration RENEW = Duration.ofSeconds(60);
    /** One with more than this left is still used while another thread renews it. */
    private static final Duration USABLE = Duration.ofSeconds(10);
    /** Longer than any request to Intuit can take: who began before that is gone. */
    private static final Duration ABANDONED = Duration.ofMinutes(2);
    /** After an answer that was none. Also time for a request that we gave up to end at Intuit's side. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final JdbcClient database;
    private final Encryption encryption;
    private final Instances instances;
    private final OAuthMessages messages;
    private final Clock clock;

    Tokens(JdbcClient database, Encryption encryption, Instances instances, OAuthMessages messages, Clock clock,
            Database place) {
        this.database = database;
        this.encryption = encryption;
        this.instances = instances;
        this.messages = messages;
        this.clock = clock;
        if (place.ownedByThisProcess()) {
            abandonAll();
        }
    }

    /** Keeps a pair that a code was exchanged for; whatever the old one had come to is over. */
    void keep(long instanceId, TokenPair pair) {
        var changed = database.sql("""
                update oauth_token
                set version = version + 1, access_token = :access, refresh_token = :refresh, expires_at = :expires,
                    refresh_expires_at = :refreshExpires, refresh_started_at = null, refresh_started_by = null,
                    refresh_retry_at = null, refresh_lost_at = null, broken = null
                where instance_id = :id
                """).param("id", instanceId).params(columns(instanceId, pair)).update();
        if (changed == 0) {
            database.sql("""
                    insert into oauth_token (instance_id, version, access_token, refresh_token, expires_at, refresh_expires_at)
                    values (:id, 1, :access, :refresh, :expires, :refreshExpires)
                    """).param("id", instanceId).params(columns(instanceId, pair)).update();
        }
    }

    void forget(long instanceId) {
        database.sql("delete from oauth_token where instance_id = :id").param("id", instanceId).update();
    }

    /** The instances whose user has to connect again. */
    Set<Long> broken() {
        return database.sql("select instance_id from oauth_token where broken is not null").query(Long.class).set();
    }

    /** What is stored now. Called after a refresh, which stored it, or where none was due. */
    Bearer bearer(long instanceId) {
        var row = usableRow(instanceId);
        return new Bearer(encryption.open(place("access_token", instanceId), row.access()), row.version());
    }

    /** @return nothing when the access token can be used as it is */
    @Nullable Refresh claimDue(long instanceId) {
        var row = usableRow(instanceId);
        return row.outlives(now(), RENEW) ? null : claim(instanceId, row, row.outlives(now(), USABLE));
    }

    /** @return nothing when the refused token has a successor already */
    @Nullable Refresh claimAfter(long instanceId, Bearer refused) {
        var row = usableRow(instanceId);
        return row.version() != refused.version() ? null : claim(instanceId, row, false);
    }

    private @Nullable Refresh claim(long instanceId, TokenRow row, boolean stillGood) {
        var abandoned = row.startedAt() != null && row.startedAt().isBefore(now().minus(ABANDONED));
        var underWay = row.startedAt() != null && !abandoned;
        var tooSoon = row.retryAt() != null && row.retryAt().isAfter(now());
        if (stillGood && (underWay || tooSoon)) {
            return null;
        }
        if (underWay) {
            throw new RefreshUnderWay("The access token of instance " + instanceId + " is being renewed");
        }
        if (tooSoon) {
            throw new AuthorizationUnavailable("Intuit gave instance " + instanceId
                    + " no new access token; it is asked again from " + row.retryAt() + " on");
        }
        var stored = instances.stored(instanceId);
        var owner = UUID.randomUUID().toString();
        var claimed = database.sql("""
                update oauth_token
                set refresh_started_at = :now, refresh_started_by = :owner,
                    refresh_lost_at = coalesce(refresh_lost_at, refresh_started_at)
                where instance_id = :id and version = :version and broken is null
                  and coalesce(refresh_started_by, '') = :before
                """)
                .param("id", instanceId)
                .param("version", row.version())
                .param("now", at(now()))
                .param("owner", owner)
                .param("before", row.startedBy() == null ? "" : row.startedBy())
                .update();
        if (claimed == 0) {
            throw new RefreshUnderWay("The access token of instance " + instanceId + " is being renewed");
        }
        return new Refresh(instanceId, row.version(), owner, messages.refresh(
                stored.configuration().getOrDefault(ConfigurationKeys.OAUTH_KEY, ""),
                stored.configuration().getOrDefault(ConfigurationKeys.OAUTH_SECRET, ""),
                encryption.open(place("refresh_token", instanceId), row.refresh())));
    }

    /** @return the pair that Intuit gave, to be stored; nothing when a sibling has stored one */
    @Nullable TokenPair answered(Refresh refresh, int status, String body) {
        var answer = messages.read(status, body);
        if (answer instanceof OAuthAnswer.Granted granted) {
            return granted.pair();
        }
        if (answer instanceof OAuthAnswer.Refused refused && refused.dead()) {
            end(refresh, refused);
        } else if (answer instanceof OAuthAnswer.Unreadable unreadable) {
            lost(refresh, "an answer without tokens, HTTP " + unreadable.status());
        } else {
            release(refresh, false);
            throw new AuthorizationUnavailable("Intuit did not renew the access token of instance "
                    + refresh.instanceId() + ": HTTP " + status
                    + (answer instanceof OAuthAnswer.Refused refused
                            ? " " + refused.error() + "; check oauth.api.key and oauth.api.secret"
                            : ""));
        }
        return null;
    }

    /** Intuit was never reached: nothing was sent, so nothing was spent. */
    void unsent(Refresh refresh, Exception cause) {
        release(refresh, false);
        throw new AuthorizationUnavailable("Intuit could not be reached to renew the access token of instance "
                + refresh.instanceId() + ": " + cause.getClass().getSimpleName());
    }

    /** The token was sent and no answer came. It is tried once more, carefully: within a day Intuit repeats itself. */
    void lost(Refresh refresh, Exception cause) {
        lost(refresh, cause.getClass().getSimpleName());
    }

    private void lost(Refresh refresh, String what) {
        release(refresh, true);
        throw new AuthorizationUnavailable("Intuit's answer with the new access token of instance "
                + refresh.instanceId() + " was lost (" + what + "); it is asked again with the same refresh token");
    }

    /**
     * Whose claim ran out while he waited still stores what he got, as long as nobody stored a successor. Intuit may give
     * the pair without a refresh token: then the old one stays good.
     */
    void store(Refresh refresh, TokenPair pair) {
        var id = refresh.instanceId();
        var columns = columns(id, pair);
        if (pair.refresh().isEmpty()) {
            columns.put("refresh", usableRow(id).refresh());
        }
        var stored = database.sql("""
                update oauth_token
                set version = version + 1, access_token = :access, refresh_token = :refresh, expires_at = :expires,
                    refresh_expires_at = coalesce(:refreshExpires, refresh_expires_at), refresh_started_at = null,
                    refresh_started_by = null, refresh_retry_at = null, refresh_lost_at = null, broken = null
                where instance_id = :id and version = :version
                """).param("id", id).param("version", refresh.version()).params(columns).update();
        if (stored == 0) {
            log.warn("A pair of tokens for instance {} came after its successor and was dropped", id);
        }
    }

    /** A sibling may have stored a successor meanwhile; only if none did, this is the end of the connection. */
    private void end(Refresh refresh, OAuthAnswer.Refused refused) {
        var row = usableRow(refresh.instanceId());
        if (row.version() != refresh.version()) {
            return;
        }
        var reason = "QuickBooks refused the refresh token (" + refused.error() + ")" + (row.lostAt() == null
                ? ": the user disconnected the company, or the token is older than Intuit allows"
                : ": Intuit's answer to an earlier refresh was lost (" + row.lostAt() + "), and it may have replaced the"
                        + " token in it; whether it did is not known");
        database.sql("""
                update oauth_token
                set broken = :reason, refresh_started_at = null, refresh_started_by = null
                where instance_id = :id and version = :version
                """)
                .param("id", refresh.instanceId()).param("version", refresh.version()).param("reason", reason).update();
        log.error("Instance {} has to be connected again: {}", refresh.instanceId(), reason);
        usableRow(refresh.instanceId());
    }

    private void release(Refresh refresh, boolean lost) {
        database.sql("""
                update oauth_token
                set refresh_started_at = null, refresh_started_by = null, refresh_retry_at = :retry,
                    refresh_lost_at = coalesce(refresh_lost_at, :lost)
                where instance_id = :id and version = :version and refresh_started_by = :owner
                """)
                .param("id", refresh.instanceId())
                .param("version", refresh.version())
                .param("owner", refresh.owner())
                .param("retry", at(now().plus(PAUSE)))
                .param("lost", lost ? at(now()) : null, Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    /** Nobody but this process could have begun them, and it has just started. */
    private void abandonAll() {
        database.sql("""
                update oauth_token
                set refresh_lost_at = coalesce(refresh_lost_at, refresh_started_at), refresh_started_at = null,
                    refresh_started_by = null
                where refresh_started_at is not null
                """).update();
    }

    private TokenRow usableRow(long instanceId) {
        var row = database.sql("select * from oauth_token where instance_id = :id")
                .param("id", instanceId).query(TokenRow::of).optional()
                .orElseThrow(() -> new ReconnectNeeded("Instance " + instanceId + " is not connected to QuickBooks"));
        if (row.broken() != null) {
            throw new ReconnectNeeded("Instance " + instanceId + ": " + row.broken()
                    + ". Let the user authorize again and PATCH /instances/" + instanceId + " with providerData.code");
        }
        return row;
    }

    private Map<String, Object> columns(long instanceId, TokenPair pair) {
        var columns = new HashMap<String, Object>();
        columns.put("access", encryption.seal(place("access_token", instanceId), pair.access()));
        columns.put("refresh", encryption.seal(place("refresh_token", instanceId), pair.refresh()));
        columns.put("expires", at(now().plus(pair.lifetime())));
        columns.put("refreshExpires", new SqlParameterValue(
                Types.TIMESTAMP_WITH_TIMEZONE, pair.refreshLifetime().map(life -> at(now().plus(life))).orElse(null)));
        return columns;
    }

    private static String place(String column, long instanceId) {
        return "oauth_token/" + column + "/" + instanceId;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
