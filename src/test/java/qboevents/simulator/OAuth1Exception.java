// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

/** A refusal in the words of OAuth 1.0: {@code signature_invalid}. */
final class OAuth1Exception extends RuntimeException {

    OAuth1Exception(String problem) {
        super(problem, null, false, false);
    }

    Response response() {
        return Response.of(401, "text/plain", "oauth_problem=" + getMessage());
    }
}
