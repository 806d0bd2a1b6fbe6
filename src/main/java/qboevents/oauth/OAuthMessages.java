// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.instance.ConfigurationKeys;
import qboevents.instance.Draft;

/** Builds and reads the OAuth 2.0 messages; the routes carry them. */
@Component("oauthMessages")
class OAuthMessages {

    private static final long DEFAULT_LIFETIME = 3600;
    private static final int SAID_LENGTH = 500;

    private final OAuthSettings settings;

    OAuthMessages(OAuthSettings settings) {
        this.settings = settings;
    }

    OAuthRequest exchange(Draft draft) {
        var redirect = uri(ConfigurationKeys.OAUTH_CALLBACK, draft.setting(ConfigurationKeys.OAUTH_CALLBACK));
        var grant = new AuthorizationCodeGrant(new AuthorizationCode(draft.code().orElseThrow()), redirect);
        return request(draft.setting(ConfigurationKeys.OAUTH_KEY), draft.setting(ConfigurationKeys.OAUTH_SECRET), grant);
    }

    OAuthRequest refresh(String key, String secret, String refreshToken) {
        return request(key, secret, new RefreshTokenGrant(new RefreshToken(refreshToken)));
    }

    /** Where the user's browser is sent to connect a company. */
    String authorizeUrl(String key, String callback, String scope, String state) {
        return new AuthorizationRequest.Builder(ResponseType.CODE, new ClientID(key))
                .endpointURI(settings.authorizeUrl())
                .redirectionURI(uri("callbackUrl", callback))
                .scope(Scope.parse(scope))
                .state(new State(state))
                .build().toURI().toString();
    }

    /** @return a POST that ends the chain of this token */
    OAuthRequest revoke(String key, String secret, String refreshToken) {
        var message = new TokenRevocationRequest(settings.revokeUrl(), client(key, secret), new RefreshToken(refreshToken))
                .toHTTPRequest();
        return new OAuthRequest(settings.revokeUrl().toString(), message.getAuthorization(), message.getBody());
    }

    OAuthAnswer read(int status, @Nullable String text) {
        var body = text == null ? "" : text;
        var said = body.length() > SAID_LENGTH ? body.substring(0, SAID_LENGTH) + "…" : body;
        if (status >= 500 || status == 429 || status == 408) {
            return new OAuthAnswer.Busy(status, said);
        }
        var response = new HTTPResponse(status);
        response.setBody(body);
        try {
            response.setContentType("application/json");
            return status == 200
                    ? new OAuthAnswer.Granted(pair(AccessTokenResponse.parse(response)))
                    : new OAuthAnswer.Refused(error(TokenErrorResponse.parse(response)), said);
        } catch (ParseException e) {
            return status < 300 ? new OAuthAnswer.Unreadable(status, said) : new OAuthAnswer.Refused("HTTP " + status, said);
        }
    }

    /** Of a code: what cannot be used ends the request, and the user authorizes again. */
    TokenPair exchanged(int status, @Nullable String body) {
        var answer = read(status, body);
        if (answer instanceof OAuthAnswer.Granted granted && !granted.pair().refresh().isEmpty()) {
            return granted.pair();
        }
        if (answer instanceof OAuthAnswer.Refused refused) {
            throw new ApiException(400, refused.dead()
                    ? "QuickBooks refused providerData.code: a code is good once, for a few minutes, and for the"
                            + " oauth.callback.url it was asked for with; let the user authorize again"
                    : "QuickBooks refused to exchange the code; check oauth.api.key, oauth.api.secret and"
                            + " oauth.callback.url", refused.said());
        }
        if (answer instanceof OAuthAnswer.Busy busy) {
            throw new ApiException(502, "QuickBooks could not exchange the code (HTTP " + busy.status()
                    + "); send the request again, and if the code is refused then, let the user authorize again", busy.said());
        }
        throw new ApiException(502, "QuickBooks' answer to the code holds no tokens; let the user authorize again");
    }

    private OAuthRequest request(String key, String secret, AuthorizationGrant grant) {
        var message = new TokenRequest(settings.tokenUrl(), client(key, secret), grant).toHTTPRequest();
        return new OAuthRequest(settings.tokenUrl().toString(), message.getAuthorization(), message.getBody());
    }

    private static ClientSecretBasic client(String key, String secret) {
        return new ClientSecretBasic(new ClientID(key), new Secret(secret));
    }

    private static TokenPair pair(AccessTokenResponse response) {
        var access = response.getTokens().getAccessToken();
        var refresh = response.getTokens().getRefreshToken();
        return TokenPair.bearing(
                access.getValue(),
                refresh == null ? "" : refresh.getValue(),
                Duration.ofSeconds(access.getLifetime() > 0 ? access.getLifetime() : DEFAULT_LIFETIME),
                seconds(response, "x_refresh_token_expires_in"),
                seconds(response, "x_refresh_token_hard_expires_in"));
    }

    private static Optional<Duration> seconds(AccessTokenResponse response, String name) {
        return response.getCustomParameters().get(name) instanceof Number seconds
                ? Optional.of(Duration.ofSeconds(seconds.longValue()))
                : Optional.empty();
    }

    private static String error(TokenErrorResponse response) throws ParseException {
        if (response.getErrorObject() == null || response.getErrorObject().getCode() == null) {
            throw new ParseException("no error code");
        }
        return response.getErrorObject().getCode();
    }

    private static URI uri(String name, String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, name + " is not a URL");
        }
    }
}
