// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

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
 * to come again: a 404 would be taken for an answer.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class StartingFilter extends OncePerRequestFilter {

    private final CamelContext camel;

    StartingFilter(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (camel.isStarted()) {
            chain.doFilter(request, response);
        } else {
            response.setHeader("Retry-After", "1");
            ApiError.write(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "The service is starting or stopping; come again in a second");
        }
    }
}
