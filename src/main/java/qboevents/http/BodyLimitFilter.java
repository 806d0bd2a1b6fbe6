// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads every body before anybody else does: no more of it than is allowed, in no more time than is, and of all senders together
 * no more than there is memory and threads for. Who sends it may be anybody, and in the middle of a route it would be too late for
 * a clean answer. What is in gzip Camel would inflate without an end, and a form it would take apart: nobody sends one here, but
 * curl calls JSON a form unless it is told otherwise; the console's are left to Tomcat, which limits them. The inlet's stays in
 * gzip: Intuit signs the bytes that were sent.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class BodyLimitFilter extends OncePerRequestFilter {

    static final String ENCODING = "Content-Encoding";

    /** Bytes, inflated: of anything but webhooks. */
    private static final int LIMIT = 1024 * 1024;

    /** From the first byte that is waited for to the last. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** How much of a body that was refused is still taken from the line. */
    private static final long SWALLOWED = 128L * 1024 * 1024;

    private static final Duration UNTIL_BUSY = Duration.ofMillis(500);

    private final ApplicationEventPublisher events;
    private final Inlet inlet;
    private final BodyBudget budget = new BodyBudget(Runtime.getRuntime().maxMemory());
    private final Semaphore waiting;

    /** @param threads of the web server: whoever sends slowly holds half of them at most, so that health is still told */
    BodyLimitFilter(
            ApplicationEventPublisher events,
            Inlet inlet,
            @Value("${server.tomcat.threads.max:200}") int threads) {
        this.events = events;
        this.inlet = inlet;
        this.waiting = new Semaphore(Math.max(1, threads / 2));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            limited(request, response, chain);
        } catch (ServletException | IOException | RuntimeException e) {
            if (response.isCommitted() || !CutBody.caused(e) && !SlowBody.caused(e)) {
                throw e;
            }
            if (SlowBody.caused(e)) {
                tooSlow(request, response);
            } else {
                ApiError.write(request, response, HttpServletResponse.SC_BAD_REQUEST, CutBody.MESSAGE);
            }
        }
    }

    private void limited(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long told = request.getContentLengthLong();
        if (told > limit(request)) {
            refuse(request, response);
        } else if (isHere(request)) {
            chain.doFilter(request, response);
        } else if ((told > 0 || request.getHeader("Transfer-Encoding") != null) && !(ConsolePath.of(request) && form(request))) {
            read(request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** A usual webhook: it has come with its header, and is read from Tomcat's buffer where it is wanted. */
    private boolean isHere(HttpServletRequest request) throws IOException {
        long told = request.getContentLengthLong();
        return told > 0 && inlet.of(request) && !gzip(request) && !form(request) && request.getInputStream().available() >= told;
    }

    private void read(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean asTold = request.getContentLengthLong() > 0 && (!gzip(request) || inlet.of(request));
        var share = budget.take(asTold ? (int) request.getContentLengthLong() : limit(request));
        if (share == null) {
            busy(request, response);
            return;
        }
        try {
            byte[] body;
            try {
                body = read(request, asTold);
            } catch (ZipException | EOFException e) {
                ApiError.write(request, response, HttpServletResponse.SC_BAD_REQUEST,
                        "The body is not in gzip, as its Content-Encoding says");
                end(request, response);
                return;
            }
            if (body == null) {
                busy(request, response);
            } else if (body.length > limit(request)) {
                refuse(request, response);
            } else {
                share.shrinkTo(body.length);
                chain.doFilter(new ReadRequest(request, body), response);
            }
        } finally {
            share.endWith(request);
        }
    }

    /** @return null when too many bodies are waited for already */
    private byte @Nullable [] read(HttpServletRequest request, boolean asTold) throws IOException {
        int most = asTold ? (int) request.getContentLengthLong() : limit(request) + 1;
        var body = request.getInputStream();
        if (asTold && body.available() >= most) {
            return body.readNBytes(most);
        }
        if (!placeToWait()) {
            return null;
        }
        try {
            InputStream inTime = new SlowBody.Stream(body, LONGEST);
            return (gzip(request) && !inlet.of(request) ? new GZIPInputStream(inTime) : inTime).readNBytes(most);
        } finally {
            waiting.release();
        }
    }

    private boolean placeToWait() {
        try {
            return waiting.tryAcquire(UNTIL_BUSY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int limit(HttpServletRequest request) {
        return inlet.of(request) ? BodyRefused.LIMIT : LIMIT;
    }

    private static boolean gzip(HttpServletRequest request) {
        var encoding = request.getHeader(ENCODING);
        return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip");
    }

    static boolean form(HttpServletRequest request) {
        return request.getContentType() != null
                && request.getContentType().toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    private void busy(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", "1");
        ApiError.write(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "Too many bodies are being read already; come again in a second");
        Tomcat.hangUp(request, response);
    }

    private void tooSlow(HttpServletRequest request, HttpServletResponse response) throws IOException {
        events.publishEvent(new BodyRefused(request.getRequestURI()));
        ApiError.write(request, response, HttpServletResponse.SC_REQUEST_TIMEOUT,
                "The body did not come within " + LONGEST.toSeconds() + " s; send it faster");
        Tomcat.hangUp(request, response);
    }

    /** At once, for who waits to be asked for the body; and what is on its way is taken, for who sends all before he reads. */
    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        events.publishEvent(new BodyRefused(request.getRequestURI()));
        ApiError.write(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                "The body is larger than " + limit(request) / (1024 * 1024) + " MB; send less at once");
        end(request, response);
    }

    /** Tomcat would wait for the rest of a body for as long as it trickles. */
    private void end(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.flushBuffer();
        if (!swallowed(request)) {
            Tomcat.hangUp(request, response);
        }
    }

    private boolean swallowed(HttpServletRequest request) {
        if (!placeToWait()) {
            return false;
        }
        try {
            var rest = new SlowBody.Stream(request.getInputStream(), LONGEST);
            return rest.skip(SWALLOWED) < SWALLOWED;
        } catch (IOException e) {
            return false;
        } finally {
            waiting.release();
        }
    }
}
