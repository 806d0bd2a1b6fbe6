// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;
import qboevents.http.ApiException;

/** Where Intuit posts to: {@code …/events/quickbooks}, or with the Base64 of an instance's id behind it. */
final class InletPath {

    private static final String INLET = "/events/quickbooks";

    private InletPath() {}

    static boolean matches(String path) {
        return path.endsWith(INLET) || path.contains(INLET + "/");
    }

    /**
     * @param path as it came: some clients write a sign of Base64 as {@code %3D}
     * @return the instance that is meant, where one is named
     * @throws ApiException 404 when what is named cannot be an instance
     */
    static OptionalLong instance(String path) {
        var name = path.substring(path.lastIndexOf(INLET) + INLET.length()).replaceAll("^/|/$", "");
        if (name.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            var signs = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
            // The URL-safe alphabet without padding is one that every form can be brought to.
            var base64 = signs.replaceAll("=+$", "").replace('+', '-').replace('/', '_');
            var id = new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8).strip();
            return OptionalLong.of(Long.parseLong(id));
        } catch (IllegalArgumentException e) {
            throw new ApiException(404, "There is nothing at " + path + ": what follows " + INLET
                    + "/ has to be the Base64 of an instance's id");
        }
    }
}
