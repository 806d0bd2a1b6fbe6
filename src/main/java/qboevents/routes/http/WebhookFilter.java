// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import qboevents.http.Inlet;

/**
 * Gives webhooks to their route on the spot. Spring MVC would look for the route among all of them, hand it to another
 * thread and dispatch the request a second time when that is done: a tenth of all CPU time under load. While no route takes
 * them they go that way, to be answered as anything else that is not there.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class WebhookFilter extends OncePerRequestFilter {

    private final Inlet inlet;
    private volatile @Nullable HttpConsumer route;

    WebhookFilter(Inlet inlet) {
        this.inlet = inlet;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var taking = route;
        if (taking != null && !taking.isSuspended() && request.getMethod().equals("POST") && inlet.of(request)) {
            taking.serve(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** The one that reads the inlet has started. */
    void begins(HttpConsumer consumer) {
        if (consumer.getEndpoint().getPath().equals(inlet.path())) {
            route = consumer;
        }
    }

    void ends(HttpConsumer consumer) {
        if (route == consumer) {
            route = null;
        }
    }
}
