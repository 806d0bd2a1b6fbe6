// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import qboevents.http.ApiError;

/**
 * The web server listens a moment before the routes run, and a moment after they have stopped. Whoever comes then is told
 * to come again: a 404 would be taken for an answer. Whoever comes while routes are exchanged waits for that.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class StartingFilter extends OncePerRequestFilter {

    private static final String PASS = Door.Pass.class.getName();

    private final CamelContext camel;
    private final Door door;

    StartingFilter(CamelContext camel, Door door) {
        this.camel = camel;
        this.door = door;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (var pass = door.enter()) {
            request.setAttribute(PASS, pass);
            if (camel.isStarted()) {
                chain.doFilter(request, response);
            } else {
                response.setHeader("Retry-After", "1");
                ApiError.write(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                        "The service is starting or stopping; come again in a second");
            }
        }
    }

    /** Its handler is found: no exchange of routes has to wait for this request any more. */
    static void found(HttpServletRequest request) {
        if (request.getAttribute(PASS) instanceof Door.Pass pass) {
            pass.close();
        }
    }
}
