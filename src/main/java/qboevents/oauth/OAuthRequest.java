// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.time.Duration;
import qboevents.http.EndBefore;

/**
 * A POST to Intuit's token endpoint, ready for the route to send.
 *
 * @param endBefore long before somebody else may spend what it spends
 */
record OAuthRequest(String uri, String authorization, String form, EndBefore endBefore) {

    private static final Duration SOON = Duration.ofSeconds(30);

    OAuthRequest(String uri, String authorization, String form) {
        this(uri, authorization, form, EndBefore.in(SOON));
    }

    @Override
    public String toString() {
        return "OAuthRequest[uri=" + uri + "]";
    }
}
