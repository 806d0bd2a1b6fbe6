// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.util.List;
import qboevents.http.Blot;

/** OAuth 2.0's access token, which is shown as it is. */
record BearerToken(String token, long version) implements Bearer {

    @Override
    public String authorization(String method, String url) {
        return "Bearer " + token;
    }

    @Override
    public String blotted(String text) {
        return Blot.of(List.of(token)).blotted(text);
    }

    @Override
    public String toString() {
        return "BearerToken[version=" + version + "]";
    }
}
