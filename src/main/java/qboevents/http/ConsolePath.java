// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import jakarta.servlet.http.HttpServletRequest;

/** Which paths are the console's, as the servlet container reads them: so whatever it calls so is guarded. */
public final class ConsolePath {

    public static final String BELOW = "/console";

    private ConsolePath() {}

    public static boolean of(HttpServletRequest request) {
        var info = request.getPathInfo();
        var path = request.getServletPath() + (info == null ? "" : info);
        return is(path);
    }

    static boolean is(String path) {
        return path.isEmpty() || path.equals("/") || path.equals(BELOW) || path.startsWith(BELOW + "/");
    }
}
