// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;

/** Sends whoever is not logged in to the login page, and back to where he wanted to be. */
@Component
class Doorkeeper {

    /** Of this site and nothing else: no {@code //host}, no backslash. */
    private static final Pattern OWN_PAGE = Pattern.compile("/(console(/[\\w/.-]*)?)?(\\?[^\\\\\\p{Cntrl}]*)?");
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    boolean open(HttpServletRequest request) {
        var path = request.getServletPath();
        return ConsoleFiles.named(path) && SAFE.contains(request.getMethod()) || path.equals(ConsoleSecurity.LOGIN);
    }

    void admitted(HttpServletRequest request, HttpServletResponse response, Authentication who) throws IOException {
        var wanted = request.getParameter("to");
        response.sendRedirect(wanted != null && OWN_PAGE.matcher(wanted).matches() ? wanted : "/");
    }

    void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException because) throws IOException {
        response.sendRedirect(login(request.getParameter("to"), "refused"));
    }

    void ask(HttpServletRequest request, HttpServletResponse response, AuthenticationException because) throws IOException {
        toLogin(request, response, "");
    }

    /** Logged in with a secret that has been changed since, or a form that was open for too long. */
    void denied(HttpServletRequest request, HttpServletResponse response, AccessDeniedException because) throws IOException {
        toLogin(request, response, SAFE.contains(request.getMethod()) ? "" : "expired");
    }

    private void toLogin(HttpServletRequest request, HttpServletResponse response, String note) throws IOException {
        if (request.getHeader("HX-Request") != null) { // a part of a page: the whole page has to go
            response.setHeader("HX-Redirect", login(null, note));
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        var query = request.getQueryString();
        response.sendRedirect(login(SAFE.contains(request.getMethod())
                ? request.getServletPath() + (query == null ? "" : "?" + query) : null, note));
    }

    private static String login(@Nullable String wanted, String note) {
        var to = wanted != null && OWN_PAGE.matcher(wanted).matches() && !wanted.equals("/")
                ? "to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8) : "";
        var query = to + (to.isEmpty() || note.isEmpty() ? "" : "&") + note;
        return ConsoleSecurity.LOGIN + (query.isEmpty() ? "" : "?" + query);
    }
}
