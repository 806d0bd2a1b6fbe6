// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import com.github.scribejava.core.builder.ServiceBuilder;
import com.github.scribejava.core.builder.api.DefaultApi10a;
import com.github.scribejava.core.model.OAuth1AccessToken;
import com.github.scribejava.core.model.OAuth1RequestToken;
import com.github.scribejava.core.model.Verb;
import com.github.scribejava.core.services.TimestampService;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.stereotype.Component;
import qboevents.instance.Moments;

/** Signs requests with HMAC-SHA1 over method, address and query. The library signs; routes send. */
@Component
class OAuth1Signer {

    private static final int NONCE_BYTES = 16;

    private final Signing api;

    OAuth1Signer(Clock clock) {
        this.api = new Signing(new Moments(clock));
    }

    /**
     * @param url with its query
     * @param more parameters of OAuth's own, such as {@code oauth_callback}
     * @return the header {@code Authorization}
     */
    String authorization(OAuth1Keys keys, String method, String url, Map<String, String> more) {
        var request = new com.github.scribejava.core.model.OAuthRequest(Verb.valueOf(method), url);
        more.forEach(request::addOAuthParameter);
        var service = new ServiceBuilder(keys.consumer()).apiSecret(keys.consumerSecret()).build(api);
        service.signRequest(new OAuth1AccessToken(keys.token(), keys.tokenSecret()), request);
        return request.getHeaders().get("Authorization");
    }

    /** The addresses are for the library's own calls, of which there are none. */
    private static final class Signing extends DefaultApi10a {

        private final TimestampService moments;

        Signing(TimestampService moments) {
            this.moments = moments;
        }

        @Override
        public TimestampService getTimestampService() {
            return moments;
        }

        @Override
        public String getRequestTokenEndpoint() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getAccessTokenEndpoint() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected String getAuthorizationBaseUrl() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getAuthorizationUrl(OAuth1RequestToken token) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Moments implements TimestampService {

        private final SecureRandom random = new SecureRandom();
        private final Clock clock;

        Moments(Clock clock) {
            this.clock = clock;
        }

        @Override
        public String getTimestampInSeconds() {
            return String.valueOf(clock.instant().getEpochSecond());
        }

        @Override
        public String getNonce() {
            var bytes = new byte[NONCE_BYTES];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }
    }
}
