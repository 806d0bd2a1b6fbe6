// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import qboevents.settings.Bounds;

/**
 * Intuit's OAuth 2.0 endpoints, the same for sandbox and production.
 *
 * @param authorizeUrl where the user is sent to connect a company
 * @param tokenUrl where a code or a refresh token is spent
 * @param revokeUrl where a connection is ended
 */
@ConfigurationProperties("quickbooks.oauth2")
record OAuthSettings(
        @DefaultValue("https://appcenter.intuit.com/connect/oauth2") URI authorizeUrl,
        @DefaultValue("https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer") URI tokenUrl,
        @DefaultValue("https://developer.api.intuit.com/v2/oauth2/tokens/revoke") URI revokeUrl) {

    OAuthSettings {
        Bounds.webAddress("quickbooks.oauth2.authorize-url", authorizeUrl);
        Bounds.webAddress("quickbooks.oauth2.token-url", tokenUrl);
        Bounds.webAddress("quickbooks.oauth2.revoke-url", revokeUrl);
    }
}
