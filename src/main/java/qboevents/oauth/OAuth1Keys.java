// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.util.List;

/**
 * What an OAuth 1.0 request is signed with.
 *
 * @param consumer the application's key
 * @param token empty while there is none yet, and so is its secret
 */
record OAuth1Keys(String consumer, String consumerSecret, String token, String tokenSecret) {

    static OAuth1Keys withoutToken(String consumer, String consumerSecret) {
        return new OAuth1Keys(consumer, consumerSecret, "", "");
    }

    List<String> secrets() {
        return List.of(consumerSecret, token, tokenSecret);
    }

    @Override
    public String toString() {
        return "OAuth1Keys[]";
    }
}
