// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.time.Duration;
import java.util.Optional;

/**
 * What Intuit answers to a code, a refresh token or a verifier.
 *
 * @param refresh empty where none was sent, and with OAuth 1.0
 * @param refreshLifetime until the refresh token ends unless it is used
 * @param hardLifetime until it ends however often it is used
 * @param secret of the access token, with OAuth 1.0
 */
record TokenPair(
        String access,
        String refresh,
        Duration lifetime,
        Optional<Duration> refreshLifetime,
        Optional<Duration> hardLifetime,
        Optional<String> secret) {

    static TokenPair bearing(
            String access, String refresh, Duration lifetime, Optional<Duration> refreshLifetime, Optional<Duration> hardLifetime) {
        return new TokenPair(access, refresh, lifetime, refreshLifetime, hardLifetime, Optional.empty());
    }

    /** OAuth 1.0: nothing renews it. */
    static TokenPair signing(String access, String secret, Duration lifetime) {
        return new TokenPair(access, "", lifetime, Optional.empty(), Optional.of(lifetime), Optional.of(secret));
    }

    TokenPair withRefresh(String other) {
        return new TokenPair(access, other, lifetime, refreshLifetime, hardLifetime, secret);
    }

    @Override
    public String toString() {
        return "TokenPair[lifetime=" + lifetime + ", refreshLifetime=" + refreshLifetime + ", hardLifetime=" + hardLifetime + "]";
    }
}
