// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The token endpoint's refusal, as short as Intuit's. */
final class OAuthException extends RuntimeException {

    private final int status;

    private OAuthException(int status, String error) {
        super(error, null, false, false);
        this.status = status;
    }

    static OAuthException invalidGrant() {
        return new OAuthException(400, "invalid_grant");
    }

    static OAuthException invalidClient() {
        return new OAuthException(401, "invalid_client");
    }

    static OAuthException invalidRequest() {
        return new OAuthException(400, "invalid_request");
    }

    static OAuthException unsupportedGrantType() {
        return new OAuthException(400, "unsupported_grant_type");
    }

    Response response() {
        return Response.json(status, ("{\"error\":\"" + getMessage() + "\"}").getBytes(UTF_8));
    }
}
