// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The tokens of OAuth 1.0 as Intuit gave them out until 2019: each request is signed, with a nonce of its own. */
final class OAuth1 {

    static final Duration LIFETIME = Duration.ofDays(180);
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    /** @param verifier empty until the user has agreed */
    private record RequestToken(String consumer, String secret, String callback, String verifier) {}

    private record AccessToken(String consumer, String secret, String realmId, Instant end) {}

    record Given(String token, String secret) {

        String form() {
            return "oauth_token_secret=" + secret + "&oauth_token=" + token;
        }
    }

    private final Clock clock;
    private final Supplier<String> chosenRealm;
    private final Map<String, String> consumers = new HashMap<>();
    private final Map<String, RequestToken> requestTokens = new HashMap<>();
    private final Map<String, AccessToken> accessTokens = new HashMap<>();
    private final Set<String> nonces = new HashSet<>();

    OAuth1(Clock clock, Supplier<String> chosenRealm) {
        this.clock = clock;
        this.chosenRealm = chosenRealm;
    }

    synchronized void register(String key, String secret) {
        consumers.put(key, secret);
    }

    synchronized Given requestToken(Request request) {
        var signed = new SignedRequest(request);
        var consumer = verified(signed, "");
        var given = given();
        requestTokens.put(given.token(), new RequestToken(consumer, given.secret(), signed.parameter("oauth_callback"), ""));
        return given;
    }

    /** @return where the user's browser goes when he has agreed, which he does at once */
    synchronized String agree(String token) {
        var asked = Optional.ofNullable(requestTokens.get(token)).orElseThrow(() -> new OAuth1Exception("token_rejected"));
        var verifier = random();
        requestTokens.put(token, new RequestToken(asked.consumer(), asked.secret(), asked.callback(), verifier));
        return asked.callback() + (asked.callback().contains("?") ? "&" : "?") + "oauth_token=" + token
                + "&oauth_verifier=" + verifier + "&realmId=" + chosenRealm.get() + "&dataSource=QBO";
    }

    synchronized Given accessToken(Request request) {
        var signed = new SignedRequest(request);
        var asked = Optional.ofNullable(requestTokens.get(signed.parameter("oauth_token")))
                .orElseThrow(() -> new OAuth1Exception("token_rejected"));
        var consumer = verified(signed, asked.secret());
        if (!consumer.equals(asked.consumer()) || asked.verifier().isEmpty()
                || !asked.verifier().equals(signed.parameter("oauth_verifier"))) {
            throw new OAuth1Exception("verifier_invalid");
        }
        requestTokens.remove(signed.parameter("oauth_token"));
        var given = given();
        accessTokens.put(given.token(),
                new AccessToken(consumer, given.secret(), chosenRealm.get(), clock.instant().plus(LIFETIME)));
        return given;
    }

    /** @return the company that the request's token opens */
    synchronized String realmOf(Request request) {
        var signed = new SignedRequest(request);
        var access = Optional.ofNullable(accessTokens.get(signed.parameter("oauth_token")))
                .filter(each -> clock.instant().isBefore(each.end()))
                .orElseThrow(() -> new OAuth1Exception("token_rejected"));
        if (!verified(signed, access.secret()).equals(access.consumer())) {
            throw new OAuth1Exception("consumer_key_refused");
        }
        return access.realmId();
    }

    synchronized void revokeAll(String realmId) {
        accessTokens.values().removeIf(each -> each.realmId().equals(realmId));
    }

    private String verified(SignedRequest request, String tokenSecret) {
        var consumer = request.parameter("oauth_consumer_key");
        var secret = Optional.ofNullable(consumers.get(consumer)).orElseThrow(() -> new OAuth1Exception("consumer_key_unknown"));
        if (!request.isSignedWith(secret, tokenSecret)) {
            throw new OAuth1Exception("signature_invalid");
        }
        var sent = Instant.ofEpochSecond(Long.parseLong(request.parameter("oauth_timestamp")));
        if (Duration.between(sent, clock.instant()).abs().compareTo(CLOCKS_APART) > 0) {
            throw new OAuth1Exception("timestamp_refused");
        }
        if (!nonces.add(request.parameter("oauth_timestamp") + " " + request.parameter("oauth_nonce"))) {
            throw new OAuth1Exception("nonce_used");
        }
        return consumer;
    }

    private static Given given() {
        return new Given(random(), random());
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
