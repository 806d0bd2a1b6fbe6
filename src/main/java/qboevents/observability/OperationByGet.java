// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Jolokia carries out operations for a GET, too. So a link on any site could stop a route: a browser sends the secrets along, and
 * over plain HTTP it does not tell which site asks. With a POST it does.
 */
final class OperationByGet {

    private static final Pattern OPERATION = Pattern.compile("(^|[/=])(exec|write)(/|$)", Pattern.CASE_INSENSITIVE);

    private OperationByGet() {}

    static boolean asked(HttpServletRequest request) {
        var query = request.getQueryString();
        return !request.getMethod().equals("POST")
                && (operation(request.getRequestURI()) || query != null && operation(query));
    }

    private static boolean operation(String text) {
        try {
            return OPERATION.matcher(URLDecoder.decode(text, StandardCharsets.UTF_8)).find();
        } catch (IllegalArgumentException e) {
            return true; // nobody writes so but to deceive
        }
    }
}
