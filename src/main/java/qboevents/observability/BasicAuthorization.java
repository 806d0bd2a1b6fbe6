// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A browser, and much that collects figures, can send two secrets only as a name and a password. */
final class BasicAuthorization {

    private static final String SCHEME = "Basic ";

    private BasicAuthorization() {}

    /** @return what is no Basic as it is */
    static @Nullable String read(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return header;
        }
        try {
            var pair = new String(Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? null : "User " + pair.substring(0, colon) + ", Organization " + pair.substring(colon + 1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
