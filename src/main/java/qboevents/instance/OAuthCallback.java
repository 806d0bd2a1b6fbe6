// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Looks at {@code oauth.callback.url}. Intuit sends a browser there, and this service nothing: so any host will do, and it
 * must stay exactly as the code was asked for with.
 */
final class OAuthCallback {

    private OAuthCallback() {}

    static void check(Given given) {
        given.exact(ConfigurationKeys.OAUTH_CALLBACK).filter(text -> !leadsToAHost(text)).ifPresent(bad -> given.fault(
                ConfigurationKeys.OAUTH_CALLBACK, "is not a URL that begins with http:// or https:// and names a host"));
    }

    private static boolean leadsToAHost(String text) {
        try {
            var url = new URI(asMeant(text));
            return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                    && !CallbackUrl.host(url).isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Open Connectors' page prints {@code https;//mycoolapp.com}, and bodies that were copied from it have always been taken. */
    private static String asMeant(String text) {
        return text.replaceFirst("(?i)^(https?);//", "$1://");
    }
}
