// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The codes and tokens given out. A refresh token that has been replaced is remembered: whoever uses it again is taken
 * for a thief, and the whole connection ends.
 */
final class Connections {

    static final Duration ACCESS = Duration.ofHours(1);
    private static final Duration ROTATION = Duration.ofHours(24);

    private static final String BY_HAND = "by:hand";

    private record Access(Connection connection, Instant end) {}

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Map<String, Connection> byCode = new HashMap<>();
    private final Map<String, Connection> byRefreshToken = new HashMap<>();
    private final Map<String, Access> byAccessToken = new HashMap<>();
    private boolean rotatesAlways;
    private boolean reuseEndsAll = true;

    Connections(Clock clock) {
        this.clock = clock;
    }

    synchronized void rotateAlways(boolean always) {
        rotatesAlways = always;
    }

    synchronized void reuseEndsAll(boolean ends) {
        reuseEndsAll = ends;
    }

    synchronized String code(String realmId, Optional<String> redirectUri) {
        var code = random("AB1", 50);
        byCode.put(code, new Connection(realmId, redirectUri, clock.instant()));
        return code;
    }

    synchronized TokenPair exchange(String client, String code, String redirectUri) {
        var connection = known(byCode, code, client);
        if (connection.isExchanged() || connection.isRevoked()) {
            connection.revoke();
            throw OAuthException.invalidGrant();
        }
        if (!connection.isRedirectedTo(redirectUri)) {
            throw OAuthException.invalidGrant();
        }
        connection.exchange(client);
        return issue(connection, true);
    }

    synchronized TokenPair refresh(String client, String refreshToken) {
        var connection = known(byRefreshToken, refreshToken, client);
        if (!connection.refreshToken().equals(refreshToken)) {
            if (reuseEndsAll) {
                connection.revoke();
            }
            throw OAuthException.invalidGrant();
        }
        if (connection.isRevoked() || connection.isExpired(clock.instant())) {
            throw OAuthException.invalidGrant();
        }
        return issue(connection, rotatesAlways || connection.isOlderThan(ROTATION, clock.instant()));
    }

    /** @return the company that this token opens, unless it opens none any more */
    synchronized Optional<String> realmOf(String accessToken) {
        return Optional.ofNullable(byAccessToken.get(accessToken))
                .filter(access -> clock.instant().isBefore(access.end()) && !access.connection().isRevoked())
                .map(access -> access.connection().realmId());
    }

    /** The company that a code or refresh token is about, good or not. */
    synchronized String realmBehind(String codeOrRefreshToken) {
        return Optional.ofNullable(byCode.get(codeOrRefreshToken))
                .or(() -> Optional.ofNullable(byRefreshToken.get(codeOrRefreshToken)))
                .map(Connection::realmId)
                .orElse("");
    }

    synchronized String accessTokenByHand(String realmId) {
        return exchange(BY_HAND, code(realmId, Optional.empty()), "").accessToken();
    }

    synchronized boolean revoke(String token) {
        var connection = Optional.ofNullable(byRefreshToken.get(token))
                .or(() -> Optional.ofNullable(byAccessToken.get(token)).map(Access::connection))
                .filter(found -> !found.isRevoked());
        connection.ifPresent(Connection::revoke);
        return connection.isPresent();
    }

    synchronized void revokeAll(String realmId) {
        byCode.values().stream().filter(each -> each.realmId().equals(realmId)).forEach(Connection::revoke);
    }

    synchronized Optional<String> currentRefreshToken(String realmId) {
        return byRefreshToken.values().stream()
                .filter(each -> each.realmId().equals(realmId) && !each.isRevoked() && !each.belongsTo(BY_HAND))
                .max(Comparator.comparing(Connection::authorized))
                .map(Connection::refreshToken);
    }

    /** Access and refresh tokens, those that opened something once and those that still do. */
    synchronized Set<String> tokensGiven() {
        var all = new HashSet<>(byAccessToken.keySet());
        all.addAll(byRefreshToken.keySet());
        return all;
    }

    private Connection known(Map<String, Connection> where, String key, String client) {
        var connection = Optional.ofNullable(where.get(key)).orElseThrow(OAuthException::invalidGrant);
        if (!connection.belongsTo(client)) {
            throw OAuthException.invalidClient();
        }
        return connection;
    }

    private TokenPair issue(Connection connection, boolean rotated) {
        var now = clock.instant();
        if (rotated) {
            connection.rotate(random("RT1-", 46), now);
            byRefreshToken.put(connection.refreshToken(), connection);
        }
        connection.use(now);
        var accessToken = random("eyJhbGciOiJkaXIi.", 600);
        byAccessToken.put(accessToken, new Access(connection, now.plus(ACCESS)));
        return new TokenPair(accessToken, connection.refreshToken(), Duration.between(now, connection.hardEnd()));
    }

    private String random(String prefix, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().encodeToString(bytes).substring(0, length);
    }
}
