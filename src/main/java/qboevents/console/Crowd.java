// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.web.filter.OncePerRequestFilter;
import qboevents.http.ApiError;

/** Pages run on the threads that take webhooks: however many people look, and however slow the database is, most stay free. */
final class Crowd extends OncePerRequestFilter {

    private final Semaphore places = new Semaphore(16);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!places.tryAcquire()) {
            response.setHeader("Retry-After", "2");
            ApiError.write(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The console has too much to do; try again");
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release();
        }
    }
}
