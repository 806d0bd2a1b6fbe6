// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.session.web.http.CookieSerializer.CookieValue;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.HttpSessionIdResolver;
import qboevents.access.PlatformAccess;

/** The cookie holds the session's id sealed: whoever reads the table has the ids, and no session with them. */
final class SealedSessionIds implements HttpSessionIdResolver {

    private static final String PURPOSE = "session";

    private final PlatformAccess access;
    private final DefaultCookieSerializer cookies = new DefaultCookieSerializer();

    SealedSessionIds(PlatformAccess access, ConsoleSettings settings) {
        this.access = access;
        if (settings.secure()) {
            cookies.setUseSecureCookie(true); // also where a proxy has taken the TLS away; otherwise as the request came
        }
        cookies.setCookieName("console-session");
        cookies.setSameSite("Lax"); // Intuit sends the browser back here; Strict would leave the session behind
        cookies.setCookiePath("/");
    }

    @Override
    public List<String> resolveSessionIds(HttpServletRequest request) {
        return cookies.readCookieValues(request).stream().flatMap(sealed -> access.open(PURPOSE, sealed).stream()).toList();
    }

    @Override
    public void setSessionId(HttpServletRequest request, HttpServletResponse response, String sessionId) {
        cookies.writeCookieValue(new CookieValue(request, response, access.seal(PURPOSE, sessionId)));
    }

    @Override
    public void expireSession(HttpServletRequest request, HttpServletResponse response) {
        cookies.writeCookieValue(new CookieValue(request, response, ""));
    }
}
