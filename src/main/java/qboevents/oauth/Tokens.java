// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.database.Database;
import qboevents.instance.ConfigurationKeys;
import qboevents.instance.Instances;
import qboevents.operator.Kind;
import qboevents.operator.OperatorEvents;

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
    private final OAuth1Signer signer;
    private final OperatorEvents operator;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Tokens(
            TokenRows rows,
            Instances instances,
            OAuthMessages messages,
            OAuth1Signer signer,
            OperatorEvents operator,
            TransactionTemplate transaction,
            Clock clock,
            Database database) {
        this.rows = rows;
        this.instances = instances;
        this.messages = messages;
        this.signer = signer;
        this.operator = operator;
        this.transaction = transaction;
        this.clock = clock;
        if (database.ownedByThisProcess()) {
            rows.abandonAll();
        }
    }

    /** Keeps a pair that a user has just agreed to. */
    void keep(long instanceId, TokenPair pair) {
        var before = rows.row(instanceId);
        rows.replace(instanceId, pair, clock.instant());
        if (before.isPresent() && (before.get().broken() != null || before.get().endToldAt() != null)) {
            operator.tell(Kind.CONNECTED_AGAIN, instanceId, "Instance " + instanceId + " was connected again by its user.");
        }
    }

    /** What is stored now. Called after a refresh, which stored it, or where none was due. */
    Bearer bearer(long instanceId) {
        var row = usable(instanceId);
        var token = rows.access(instanceId, row);
        return row.signs() ? signing(instanceId, row, token) : new BearerToken(token, row.version());
    }

    private Bearer signing(long instanceId, TokenRow row, String token) {
        var configuration = instances.stored(instanceId).configuration();
        var keys = new OAuth1Keys(
                configuration.getOrDefault(ConfigurationKeys.OAUTH_KEY, ""),
                configuration.getOrDefault(ConfigurationKeys.OAUTH_SECRET, ""),
                token,
                rows.secret(instanceId, row));
        return new SigningToken(keys, row.version(), signer);
    }

    /** @return nothing when the access token can be used as it is */
    @Nullable Refresh claimDue(long instanceId) {
        var row = usable(instanceId);
        var now = clock.instant();
        return row.signs() || row.outlives(now, RENEW) ? null : claim(instanceId, row, row.outlives(now, USABLE));
    }

    /** @return nothing when the refused token has a successor already */
    @Nullable Refresh claimAfter(long instanceId, Bearer refused) {
        var row = usable(instanceId);
        if (row.version() != refused.version()) {
            return null;
        }
        if (row.signs()) {
            end(instanceId, row, "QuickBooks refused the OAuth 1.0 token, which nothing can renew: it is older than 180"
                    + " days, the user disconnected the company, or the application's keys have changed");
            usable(instanceId);
            return null;
        }
        return claim(instanceId, row, false);
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
    @Nullable TokenPair answered(Refresh refresh, int status, @Nullable String body) {
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
        transaction.executeWithoutResult(status -> {
            var before = rows.row(id);
            var whole = pair.refresh().isEmpty() ? pair.withRefresh(rows.refresh(id, usable(id))) : pair;
            if (!rows.succeed(id, refresh.version(), whole, clock.instant())) {
                log.warn("A pair of tokens for instance {} came after its successor and was dropped", id);
            } else if (before.isPresent() && before.get().broken() != null) {
                operator.tell(Kind.CONNECTED_AGAIN, id, "Instance " + id + " is connected again: Intuit's answer to a"
                        + " refresh that was taken for lost has come.");
            }
        });
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
        end(refresh.instanceId(), row, reason);
        usable(refresh.instanceId());
    }

    /** Told once, whoever finds it first. */
    private void end(long instanceId, TokenRow row, String reason) {
        transaction.executeWithoutResult(status -> {
            if (rows.end(instanceId, row.version(), reason, clock.instant())) {
                operator.tell(Kind.RECONNECT_NEEDED, instanceId, ReconnectNeeded.message(instanceId, reason, row.signs()));
            }
        });
    }

    private TokenRow usable(long instanceId) {
        var row = rows.row(instanceId)
                .orElseThrow(() -> new ReconnectNeeded("Instance " + instanceId + " is not connected to QuickBooks"));
        if (row.broken() != null) {
            throw new ReconnectNeeded(ReconnectNeeded.message(instanceId, row.broken(), row.signs()));
        }
        return row;
    }
}
