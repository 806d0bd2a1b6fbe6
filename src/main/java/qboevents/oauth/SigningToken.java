// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.util.Map;

/** OAuth 1.0's access token: it signs each request. */
record SigningToken(OAuth1Keys keys, long version, OAuth1Signer signer) implements Bearer {

    @Override
    public String authorization(String method, String url) {
        return signer.authorization(keys, method, url, Map.of());
    }

    @Override
    public String toString() {
        return "SigningToken[version=" + version + "]";
    }
}
