// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request its id, in the answer's header, and as a request header for the routes to tell in errors. And takes its
 * parameters from it: Camel would make headers of them, so that {@code ?Authorization=} would be one. Routes have the query;
 * only the console's pages are no routes, and take forms.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestIdFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var id = RequestId.of(request);
        response.setHeader(RequestId.HEADER, id);
        ApiError.forNobodyElse(response);
        if (request.getMethod().equals("TRACE")) {
            ApiError.write(request, response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "TRACE is not offered anywhere");
        } else {
            chain.doFilter(ConsolePath.of(request) ? new WithId(request, id) : new WithoutParameters(request, id), response);
        }
    }

    private static class WithId extends HttpServletRequestWrapper {

        private final String id;

        WithId(HttpServletRequest request, String id) {
            super(request);
            this.id = id;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return RequestId.HEADER.equalsIgnoreCase(name) ? id : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return RequestId.HEADER.equalsIgnoreCase(name)
                    ? Collections.enumeration(Collections.singleton(id))
                    : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            var names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
            names.removeIf(RequestId.HEADER::equalsIgnoreCase);
            names.add(RequestId.HEADER);
            return Collections.enumeration(names);
        }
    }

    private static final class WithoutParameters extends WithId {

        WithoutParameters(HttpServletRequest request, String id) {
            super(request, id);
        }

        @Override
        public @Nullable String getParameter(String name) {
            return null;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.emptyEnumeration();
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return null;
        }
    }
}
