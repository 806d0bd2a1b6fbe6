// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import com.github.scribejava.core.exceptions.OAuthException;
import com.github.scribejava.core.extractors.OAuth1AccessTokenExtractor;
import com.github.scribejava.core.extractors.OAuth1RequestTokenExtractor;
import com.github.scribejava.core.extractors.TokenExtractor;
import com.github.scribejava.core.model.OAuth1Token;
import com.github.scribejava.core.model.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.Query;
import qboevents.instance.ConfigurationKeys;
import qboevents.instance.Draft;
import qboevents.instance.OAuth1Settings;

/** Builds and reads the OAuth 1.0 messages; the routes carry them. */
@Component("oauth1Messages")
class OAuth1Messages {

    /** Intuit's; there is nothing to renew such a token with. */
    private static final Duration LIFETIME = Duration.ofDays(180);

    private static final int SAID_LENGTH = 500;

    private final OAuth1Settings settings;
    private final OAuth1Signer signer;

    OAuth1Messages(OAuth1Settings settings, OAuth1Signer signer) {
        this.settings = settings;
        this.signer = signer;
    }

    /** For {@code GET /elements/quickbooks/oauth/token}. */
    OAuthRequest requestToken(@Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        var missing = new ArrayList<>(List.of("apiKey", "apiSecret", "callbackUrl"));
        missing.removeIf(name -> query.first(name).isPresent());
        if (!missing.isEmpty()) {
            throw new ApiException(400, String.join(", ", missing) + (missing.size() == 1 ? " is" : " are") + " required");
        }
        var keys = OAuth1Keys.withoutToken(query.first("apiKey").get(), query.first("apiSecret").get());
        return request(settings.requestTokenUrl(), keys, Map.of("oauth_callback", query.first("callbackUrl").get()));
    }

    /** As Open Connectors answers it. */
    Map<String, String> requestTokenGiven(int status, @Nullable String body) {
        var token = read(status, body, OAuth1RequestTokenExtractor.instance(),
                "QuickBooks refused to give a request token; check apiKey and apiSecret");
        return Map.of("token", token.getToken(), "secret", token.getTokenSecret());
    }

    /** Where the user's browser is sent to connect a company. Nobody is called for it, so it is told whatever is there. */
    String authorizeUrl(String requestToken, Optional<String> callback) {
        var address = settings.authorizeUrl().toString();
        var url = address + (address.contains("?") ? "&" : "?") + "oauth_token=" + encoded(requestToken);
        return callback.map(each -> url + "&oauth_callback=" + encoded(each)).orElse(url);
    }

    OAuthRequest exchange(Draft draft) {
        var grant = draft.grant().orElseThrow();
        var keys = new OAuth1Keys(draft.setting(ConfigurationKeys.OAUTH_KEY), draft.setting(ConfigurationKeys.OAUTH_SECRET),
                grant.token(), grant.secret());
        return request(settings.accessTokenUrl(), keys, Map.of("oauth_verifier", grant.verifier()));
    }

    TokenPair exchanged(int status, @Nullable String body) {
        var token = read(status, body, OAuth1AccessTokenExtractor.instance(),
                "QuickBooks refused providerData.oauth_token: a verifier is good once, for a few minutes; check"
                        + " oauth.api.key, oauth.api.secret and providerData.secret, or begin again with oauth/token");
        return TokenPair.signing(token.getToken(), token.getTokenSecret(), LIFETIME);
    }

    private OAuthRequest request(URI address, OAuth1Keys keys, Map<String, String> parameters) {
        var url = callable(address);
        return new OAuthRequest(url, signer.authorization(keys, "POST", url, parameters), "");
    }

    private static String callable(URI address) {
        if (OAuth1Settings.switchedOff(address)) {
            throw new ApiException(400, OAuth1Settings.SWITCHED_OFF + "; use OAuth 2.0: oauth/url without requestToken, then"
                    + " providerData.code");
        }
        return address.toString();
    }

    private static <T extends OAuth1Token> T read(
            int status, @Nullable String body, TokenExtractor<T> extractor, String refusal) {
        var said = body == null || body.length() <= SAID_LENGTH ? body : body.substring(0, SAID_LENGTH) + "…";
        if (status >= 400 && status < 500 && status != 408 && status != 429) {
            throw new ApiException(400, refusal, said);
        }
        try {
            if (status == 200) {
                return extractor.extract(new Response(status, "", Map.of(), body));
            }
        } catch (OAuthException | IllegalArgumentException | IOException e) {
            throw new ApiException(502, "QuickBooks' answer holds no token; let the user authorize again");
        }
        throw new ApiException(502, "QuickBooks gave no token (HTTP " + status + "); try again later", said);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
