// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;

record TokenPair(String accessToken, String refreshToken, Duration untilHardEnd) {

    Response response(boolean withHardEnd) {
        var body = Json.object()
                .put("token_type", "bearer")
                .put("access_token", accessToken)
                .put("expires_in", Connections.ACCESS.toSeconds())
                .put("refresh_token", refreshToken)
                .put("x_refresh_token_expires_in", Connection.ROLLING.toSeconds());
        if (withHardEnd) {
            body.put("x_refresh_token_hard_expires_in", untilHardEnd.toSeconds());
        }
        return Response.json(200, Json.bytes(body)).with("Cache-Control", "no-cache, no-store");
    }
}
