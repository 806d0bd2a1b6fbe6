// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.Query;

/** The address that a user is sent to, to let this service read a company. */
@Component("oauthUrls")
class OAuthUrls {

    private static final String SCOPE = "com.intuit.quickbooks.accounting";

    private final OAuthMessages oauth2;
    private final OAuth1Messages oauth1;

    OAuthUrls(OAuthMessages oauth2, OAuth1Messages oauth1) {
        this.oauth2 = oauth2;
        this.oauth1 = oauth1;
    }

    Map<String, String> authorize(@Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        var requestToken = query.first("requestToken");
        if (requestToken.isPresent()) {
            return answer(oauth1.authorizeUrl(requestToken.get(), query.first("callbackUrl")));
        }
        if (query.first("apiKey").isEmpty() || query.first("callbackUrl").isEmpty()) {
            throw new ApiException(400, "apiKey and callbackUrl are required");
        }
        return answer(oauth2.authorizeUrl(
                query.first("apiKey").get(),
                query.first("callbackUrl").get(),
                query.first("scope").orElse(SCOPE),
                query.first("state").orElse("quickbooks")));
    }

    private static Map<String, String> answer(String url) {
        return Map.of("oauthUrl", url, "element", "quickbooks");
    }
}
