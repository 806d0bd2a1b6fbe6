// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * No body above 8 MB. Where the length is told, it decides; a body without one is read here as far as is allowed,
 * because in the middle of a route it would be too late for a clean answer. So is one in gzip, which Camel would inflate
 * without an end, and a form, which Camel would take apart: nobody sends one here, but curl calls JSON a form unless it is
 * told otherwise. What Intuit has signed stays in gzip: the signature is over the bytes that were sent.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class BodyLimitFilter extends OncePerRequestFilter {

    private static final String ENCODING = "Content-Encoding";

    private final ApplicationEventPublisher events;

    BodyLimitFilter(ApplicationEventPublisher events) {
        this.events = events;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            limited(request, response, chain);
        } catch (ServletException | IOException | RuntimeException e) {
            if (!CutBody.caused(e) || response.isCommitted()) {
                throw e;
            }
            ApiError.write(request, response, HttpServletResponse.SC_BAD_REQUEST, CutBody.MESSAGE);
        }
    }

    private void limited(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > BodyRefused.LIMIT) {
            refuse(request, response);
        } else if (!form(request) && !gzip(request)
                && (request.getContentLengthLong() >= 0 || request.getHeader("Transfer-Encoding") == null)) {
            chain.doFilter(request, response);
        } else {
            read(request, response, chain);
        }
    }

    private void read(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body;
        try {
            var stream = gzip(request) && !signed(request) ? new GZIPInputStream(request.getInputStream()) : request.getInputStream();
            body = stream.readNBytes(BodyRefused.LIMIT + 1);
        } catch (ZipException | EOFException e) {
            ApiError.write(request, response, HttpServletResponse.SC_BAD_REQUEST,
                    "The body is not in gzip, as its Content-Encoding says");
            return;
        }
        if (body.length > BodyRefused.LIMIT) {
            refuse(request, response);
        } else {
            chain.doFilter(new Read(request, body), response);
        }
    }

    private static boolean gzip(HttpServletRequest request) {
        var encoding = request.getHeader(ENCODING);
        return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip");
    }

    private static boolean signed(HttpServletRequest request) {
        return request.getHeader("intuit-signature") != null;
    }

    private static boolean form(HttpServletRequest request) {
        return request.getContentType() != null && !ConsolePath.of(request) // whose pages send forms; Tomcat limits them
                && request.getContentType().toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        events.publishEvent(new BodyRefused(request.getRequestURI()));
        ApiError.write(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                "The body is larger than 8 MB; send less at once");
    }

    private static final class Read extends HttpServletRequestWrapper {

        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public @Nullable String getContentType() {
            return form((HttpServletRequest) getRequest()) ? "application/json" : super.getContentType();
        }

        @Override
        public @Nullable String getHeader(String name) {
            return ENCODING.equalsIgnoreCase(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return ENCODING.equalsIgnoreCase(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public int getContentLength() {
            return body.length;
        }

        @Override
        public long getContentLengthLong() {
            return body.length;
        }

        @Override
        public BufferedReader getReader() {
            var charset = getCharacterEncoding() == null ? StandardCharsets.UTF_8 : Charset.forName(getCharacterEncoding());
            return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), charset));
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    return bytes.read(target, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("The body was read already");
                }
            };
        }
    }
}
