// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import qboevents.access.Callers;
import qboevents.http.ApiError;
import qboevents.http.ApiException;

/**
 * Who may look. Health is everybody's, without its details; all else under {@code /actuator} takes the platform's two
 * secrets, as the API does or, for a browser, as Basic with the user secret for a name.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class ActuatorFilter extends OncePerRequestFilter {

    private final ActuatorPaths paths;
    private final Callers callers;

    ActuatorFilter(ActuatorPaths paths, Callers callers) {
        this.paths = paths;
        this.callers = callers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!paths.guarded(request)) {
            chain.doFilter(request, response);
            return;
        }
        var authorization = request.getHeader("Authorization");
        if (authorization == null && paths.open(request)) {
            chain.doFilter(request, response);
        } else if (CrossSite.asks(request)) {
            ApiError.write(request, response, HttpServletResponse.SC_FORBIDDEN, "This is not for other sites' pages");
        } else if (OperationByGet.asked(request)) {
            ApiError.write(request, response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Operations are asked for with POST");
        } else {
            authorized(authorization, request, response, chain);
        }
    }

    private void authorized(@Nullable String authorization, HttpServletRequest request, HttpServletResponse response,
            FilterChain chain) throws ServletException, IOException {
        try {
            callers.platform(BasicAuthorization.read(authorization));
        } catch (ApiException e) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"quickbooks-events\"");
            ApiError.write(request, response, e.status(), String.valueOf(e.getMessage()));
            return;
        }
        chain.doFilter(new Operator(request), response);
    }

    /** Has a principal, by which Spring Boot knows who may see details. */
    private static final class Operator extends HttpServletRequestWrapper {

        private Operator(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> "operator";
        }
    }
}
