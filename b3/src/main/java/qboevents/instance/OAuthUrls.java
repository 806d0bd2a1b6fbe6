// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.Query;

/** The address that a user is sent to, to let this service read a company. */
@Component("oauthUrls")
class OAuthUrls {

    private static final String SCOPE = "com.intuit.quickbooks.accounting";

    private final OAuthMessages messages;

    OAuthUrls(OAuthMessages messages) {
        this.messages = messages;
    }

    Map<String, String> authorize(@Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        if (query.first("requestToken").isPresent()) {
            throw new ApiException(400, "Intuit switched OAuth 1.0 off on 17 December 2019; leave requestToken away for"
                    + " OAuth 2.0");
        }
        if (query.first("apiKey").isEmpty() || query.first("callbackUrl").isEmpty()) {
            throw new ApiException(400, "apiKey and callbackUrl are required");
        }
        var url = messages.authorizeUrl(
                query.first("apiKey").get(),
                query.first("callbackUrl").get(),
                query.first("scope").orElse(SCOPE),
                query.first("state").orElse("quickbooks"));
        return Map.of("oauthUrl", url, "element", "quickbooks");
    }
}
