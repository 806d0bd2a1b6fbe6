// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

/** A POST to Intuit's token endpoint, ready for the route to send. */
record OAuthRequest(String uri, String authorization, String form) {

    @Override
    public String toString() {
        return "OAuthRequest[uri=" + uri + "]";
    }
}
