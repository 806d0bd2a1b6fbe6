// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.util.Map;
import qboevents.http.Blot;

/** OAuth 1.0's access token: it signs each request. */
record SigningToken(OAuth1Keys keys, long version, OAuth1Signer signer) implements Bearer {

    @Override
    public String authorization(String method, String url) {
        return signer.authorization(keys, method, url, Map.of());
    }

    @Override
    public String blotted(String text) {
        return Blot.of(keys.secrets()).blotted(text);
    }

    @Override
    public String toString() {
        return "SigningToken[version=" + version + "]";
    }
}
