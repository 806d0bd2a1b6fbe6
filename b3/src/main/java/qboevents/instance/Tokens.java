// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private final TokenRows rows;
    private final Instances instances;
    private final OAuthMessages messages;
    private final Clock clock;

    Tokens(TokenRows rows, Instances instances, OAuthMessages messages, Clock clock, Database database) {
        this.rows = rows;
        this.instances = instances;
        this.messages = messages;
        this.clock = clock;
        if (database.ownedByThisProcess()) {
            rows.abandonAll();
        }
    }

    /** Keeps a pair that a code was exchanged for. */
    void keep(long instanceId, TokenPair pair) {
        rows.replace(instanceId, pair, clock.instant());
    }

    void forget(long instanceId) {
        rows.delete(instanceId);
    }

    /** The instances whose user has to connect again. */
    Set<Long> broken() {
        return rows.broken();
    }

    /** What is stored now. Called after a refresh, which stored it, or where none was due. */
    Bearer bearer(long instanceId) {
        var row = usable(instanceId);
        return new Bearer(rows.access(instanceId, row), row.version());
    }

    /** @return nothing when the access token can be used as it is */
    @Nullable Refresh claimDue(long instanceId) {
        var row = usable(instanceId);
        var now = clock.instant();
        return row.outlives(now, RENEW) ? null : claim(instanceId, row, row.outlives(now, USABLE));
    }

    /** @return nothing when the refused token has a successor already */
    @Nullable Refresh claimAfter(long instanceId, Bearer refused) {
        var row = usable(instanceId);
        return row.version() != refused.version() ? null : claim(instanceId, row, false);
    }

    private @Nullable Refresh claim(long instanceId, TokenRow row, boolean stillGood) {
        var now = clock.instant();
        var underWay = row.startedAt() != null && row.startedAt().plus(ABANDONED).isAfter(now);
        var tooSoon = row.retryAt() != null && row.retryAt().isAfter(now);
        if (stillGood && (underWay || tooSoon)) {
            return null;
        }
        if (tooSoon && !underWay) {
            throw new AuthorizationUnavailable("Intuit gave instance " + instanceId
                    + " no new access token; it is asked again from " + row.retryAt() + " on");
        }
        var owner = UUID.randomUUID().toString();
        var request = request(instanceId, row);
        if (underWay || !rows.claim(instanceId, row, owner, now)) {
            throw new RefreshUnderWay("The access token of instance " + instanceId + " is being renewed");
        }
        return new Refresh(instanceId, row.version(), owner, request);
    }

    private OAuthRequest request(long instanceId, TokenRow row) {
        var configuration = instances.stored(instanceId).configuration();
        return messages.refresh(
                configuration.getOrDefault(ConfigurationKeys.OAUTH_KEY, ""),
                configuration.getOrDefault(ConfigurationKeys.OAUTH_SECRET, ""),
                rows.refresh(instanceId, row));
    }

    /** @return the pair that Intuit gave, to be stored; nothing when a sibling has stored one */
    @Nullable TokenPair answered(Refresh refresh, int status, String body) {
        var answer = messages.read(status, body);
        if (answer instanceof OAuthAnswer.Granted granted) {
            return granted.pair();
        }
        if (answer instanceof OAuthAnswer.Refused refused && refused.dead()) {
            end(refresh, refused);
            return null;
        }
        if (answer instanceof OAuthAnswer.Unreadable) {
            throw outcomeUnknown(refresh, "an answer without tokens, HTTP " + status);
        }
        rows.release(refresh, clock.instant().plus(PAUSE), null);
        throw new AuthorizationUnavailable("Intuit did not renew the access token of instance "
                + refresh.instanceId() + ": HTTP " + status
                + (answer instanceof OAuthAnswer.Refused refused
                        ? " " + refused.error() + "; check oauth.api.key and oauth.api.secret"
                        : ""));
    }

    /**
     * Whose claim ran out while he waited still stores what he got, as long as nobody stored a successor. Intuit may give
     * the pair without a refresh token: then the old one stays good.
     */
    void store(Refresh refresh, TokenPair pair) {
        var id = refresh.instanceId();
        var whole = pair.refresh().isEmpty()
                ? new TokenPair(pair.access(), rows.refresh(id, usable(id)), pair.lifetime(), pair.refreshLifetime())
                : pair;
        if (!rows.succeed(id, refresh.version(), whole, clock.instant())) {
            log.warn("A pair of tokens for instance {} came after its successor and was dropped", id);
        }
    }

    /** Intuit was never reached: nothing was sent, so nothing was spent. */
    void unsent(Refresh refresh, Exception cause) {
        rows.release(refresh, clock.instant().plus(PAUSE), null);
        throw new AuthorizationUnavailable("Intuit could not be reached to renew the access token of instance "
                + refresh.instanceId() + ": " + cause.getClass().getSimpleName());
    }

    /** The token was sent and no answer came. It is tried once more, carefully: within a day Intuit repeats itself. */
    void lost(Refresh refresh, Exception cause) {
        throw outcomeUnknown(refresh, cause.getClass().getSimpleName());
    }

    private AuthorizationUnavailable outcomeUnknown(Refresh refresh, String what) {
        rows.release(refresh, clock.instant().plus(PAUSE), clock.instant());
        return new AuthorizationUnavailable("Intuit's answer with the new access token of instance "
                + refresh.instanceId() + " was lost (" + what + "); it is asked again with the same refresh token");
    }

    /** A sibling may have stored a successor meanwhile; only if none did, this is the end of the connection. */
    private void end(Refresh refresh, OAuthAnswer.Refused refused) {
        var row = usable(refresh.instanceId());
        if (row.version() != refresh.version()) {
            return;
        }
        var reason = "QuickBooks refused the refresh token (" + refused.error() + ")" + (row.lostAt() == null
                ? ": the user disconnected the company, or the token is older than Intuit allows"
                : ": Intuit's answer to an earlier refresh was lost (" + row.lostAt() + "), and it may have replaced the"
                        + " token in it; whether it did is not known");
        if (rows.end(refresh, reason)) {
            log.error("Instance {} has to be connected again: {}", refresh.instanceId(), reason);
        }
        usable(refresh.instanceId());
    }

    private TokenRow usable(long instanceId) {
        var row = rows.row(instanceId)
                .orElseThrow(() -> new ReconnectNeeded("Instance " + instanceId + " is not connected to QuickBooks"));
        if (row.broken() != null) {
            throw new ReconnectNeeded("Instance " + instanceId + ": " + row.broken()
                    + ". Let the user authorize again and PATCH /instances/" + instanceId + " with providerData.code");
        }
        return row;
    }
}
