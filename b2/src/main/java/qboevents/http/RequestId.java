// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What an answer and the log have in common: one per request, 24 hex digits. */
final class RequestId {

    static final String HEADER = "Elements-Request-Id";
    private static final SecureRandom RANDOM = new SecureRandom();

    private RequestId() {}

    static String of(HttpServletRequest request) {
        if (request.getAttribute(HEADER) instanceof String known) {
            return known;
        }
        var bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        var id = HexFormat.of().formatHex(bytes);
        request.setAttribute(HEADER, id);
        return id;
    }
}
