// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * With what a request connects a company: a code (OAuth 2.0), a verified request token (OAuth 1.0), or nothing. What is
 * wrong with it is named among the other faults of the request.
 */
record Authentication(Optional<String> code, Optional<OAuth1Grant> grant) {

    private static final String OAUTH1 = "oauth1";
    private static final String OAUTH2 = "oauth2";

    /** Of a new instance, which has to be connected. */
    static Authentication required(
            InstanceRequest request, Given given, Map<String, String> configuration, OAuth1Settings settings) {
        var type = given.text(ConfigurationKeys.AUTHENTICATION).orElseGet(() -> suggested(request).orElse(OAUTH2));
        return of(type, request, given, configuration, settings);
    }

    /**
     * Of an instance that is connected, and stays so when nothing is offered. What providerData holds says more than the
     * type, as long as that is only the stored one.
     */
    static Authentication offered(InstanceRequest request, Given given, Map<String, String> configuration,
            Map<String, String> stored, OAuth1Settings settings) {
        var before = stored.getOrDefault(ConfigurationKeys.AUTHENTICATION, OAUTH2);
        var wanted = given.text(ConfigurationKeys.AUTHENTICATION).orElse(before);
        var type = wanted.equalsIgnoreCase(before) ? suggested(request).orElse(before) : wanted;
        if (!type.equalsIgnoreCase(before) || suggested(request).isPresent()) {
            return of(type, request, given, configuration, settings);
        }
        if (before.equalsIgnoreCase(OAUTH1)) {
            configuration.put(ConfigurationKeys.AUTHENTICATION, OAUTH1); // what was left out, as in the body it was created from
        }
        return new Authentication(Optional.empty(), Optional.empty());
    }

    private static Authentication of(String type, InstanceRequest request, Given given, Map<String, String> configuration,
            OAuth1Settings settings) {
        if (type.equalsIgnoreCase(OAUTH1)) {
            configuration.put(ConfigurationKeys.AUTHENTICATION, OAUTH1);
            return oauth1(request, given, settings);
        }
        if (!type.equalsIgnoreCase(OAUTH2)) {
            given.fault(ConfigurationKeys.AUTHENTICATION, "must be oauth2 or oauth1");
        }
        configuration.computeIfPresent(ConfigurationKeys.AUTHENTICATION, (key, text) -> OAUTH2);
        return oauth2(request, given);
    }

    private static Authentication oauth2(InstanceRequest request, Given given) {
        var code = request.provider("code");
        if (code.isEmpty()) {
            given.fault("providerData.code", "is required: the code that Intuit sent to oauth.callback.url");
        }
        requireKeys(given);
        return new Authentication(code, Optional.empty());
    }

    /** What an instance needs to stay connected. */
    static void requireKeys(Given given) {
        given.required(ConfigurationKeys.OAUTH_KEY, "");
        given.required(ConfigurationKeys.OAUTH_SECRET, "");
        if (!given.text(ConfigurationKeys.AUTHENTICATION).orElse(OAUTH2).equalsIgnoreCase(OAUTH1)) {
            given.required(ConfigurationKeys.OAUTH_CALLBACK, ": the redirect URI that the code was asked for with");
        }
    }

    private static Authentication oauth1(InstanceRequest request, Given given, OAuth1Settings settings) {
        if (OAuth1Settings.switchedOff(settings.accessTokenUrl())) {
            given.fault(ConfigurationKeys.AUTHENTICATION, "cannot be oauth1: " + OAuth1Settings.SWITCHED_OFF
                    + "; use oauth2 with providerData.code");
            return new Authentication(Optional.empty(), Optional.empty());
        }
        requireKeys(given);
        return new Authentication(Optional.empty(), Optional.of(new OAuth1Grant(
                required(request, given, "oauth_token", "that Intuit sent to oauth.callback.url"),
                required(request, given, "secret", "that oauth/token answered"),
                required(request, given, "oauth_verifier", "that Intuit sent to oauth.callback.url"))));
    }

    private static String required(InstanceRequest request, Given given, String member, String which) {
        return request.provider(member).orElseGet(() -> {
            given.fault("providerData." + member, "is required: the one " + which);
            return "";
        });
    }

    private static Optional<String> suggested(InstanceRequest request) {
        if (request.provider("code").isPresent()) {
            return Optional.of(OAUTH2);
        }
        return Stream.of("oauth_token", "oauth_verifier").anyMatch(member -> request.provider(member).isPresent())
                ? Optional.of(OAUTH1)
                : Optional.empty();
    }

    /** Whether nothing is offered. */
    boolean isEmpty() {
        return code.isEmpty() && grant.isEmpty();
    }

    @Override
    public String toString() {
        return "Authentication[" + (code.isPresent() ? OAUTH2 : grant.isPresent() ? OAUTH1 : "none") + "]";
    }
}
