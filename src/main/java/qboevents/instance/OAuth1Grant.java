// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

/**
 * An OAuth 1.0 request token that the user has agreed to.
 *
 * @param secret that came with the request token
 * @param verifier that came with the user
 */
public record OAuth1Grant(String token, String secret, String verifier) {

    @Override
    public String toString() {
        return "OAuth1Grant[]";
    }
}
