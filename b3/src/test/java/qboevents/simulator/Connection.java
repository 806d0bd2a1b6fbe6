// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What one authorization has led to: a chain of tokens for one company and one app. Guarded by its connections. */
final class Connection {

    /** Intuit says a hundred days and counts a hundred and one. */
    static final Duration ROLLING = Duration.ofSeconds(8_726_400);

    static final Duration FIVE_YEARS = Duration.ofSeconds(157_680_000);

    private final String realmId;
    private final Optional<String> redirectUri;
    private final Instant authorized;
    private String client = "";
    private boolean exchanged;
    private boolean revoked;
    private String refreshToken = "";
    private Instant refreshTokenSince;
    private Instant lastUse;

    Connection(String realmId, Optional<String> redirectUri, Instant now) {
        this.realmId = realmId;
        this.redirectUri = redirectUri;
        this.authorized = now;
        this.refreshTokenSince = now;
        this.lastUse = now;
    }

    String realmId() {
        return realmId;
    }

    Instant authorized() {
        return authorized;
    }

    String refreshToken() {
        return refreshToken;
    }

    boolean isRevoked() {
        return revoked;
    }

    boolean isExchanged() {
        return exchanged;
    }

    boolean isRedirectedTo(String uri) {
        return redirectUri.map(uri::equals).orElse(true);
    }

    boolean belongsTo(String otherClient) {
        return client.isEmpty() || client.equals(otherClient);
    }

    boolean isExpired(Instant now) {
        return now.isAfter(lastUse.plus(ROLLING)) || now.isAfter(hardEnd());
    }

    boolean isOlderThan(Duration age, Instant now) {
        return !now.isBefore(refreshTokenSince.plus(age));
    }

    Instant hardEnd() {
        return authorized.plus(FIVE_YEARS);
    }

    void exchange(String byClient) {
        client = byClient;
        exchanged = true;
    }

    void rotate(String newRefreshToken, Instant now) {
        refreshToken = newRefreshToken;
        refreshTokenSince = now;
    }

    void use(Instant now) {
        lastUse = now;
    }

    void revoke() {
        revoked = true;
    }
}
