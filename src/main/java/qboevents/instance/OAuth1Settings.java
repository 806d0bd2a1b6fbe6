// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import qboevents.settings.Bounds;

/**
 * OAuth 1.0, as Open Connectors offered it. Intuit's own addresses answer nobody since 17 December 2019, so they are not
 * called: it works with others only.
 *
 * @param requestTokenUrl where an application asks for a request token
 * @param authorizeUrl where the user is sent with it to connect a company
 * @param accessTokenUrl where it becomes an access token
 */
@ConfigurationProperties("quickbooks.oauth1")
public record OAuth1Settings(
        @DefaultValue("https://oauth.intuit.com/oauth/v1/get_request_token") URI requestTokenUrl,
        @DefaultValue("https://appcenter.intuit.com/Connect/Begin") URI authorizeUrl,
        @DefaultValue("https://oauth.intuit.com/oauth/v1/get_access_token") URI accessTokenUrl) {

    public OAuth1Settings {
        Bounds.webAddress("quickbooks.oauth1.request-token-url", requestTokenUrl);
        Bounds.webAddress("quickbooks.oauth1.authorize-url", authorizeUrl);
        Bounds.webAddress("quickbooks.oauth1.access-token-url", accessTokenUrl);
    }

    public static final String SWITCHED_OFF = "Intuit switched OAuth 1.0 off on 17 December 2019";

    public static boolean switchedOff(URI address) {
        var host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
        return host.equals("intuit.com") || host.endsWith(".intuit.com");
    }
}
