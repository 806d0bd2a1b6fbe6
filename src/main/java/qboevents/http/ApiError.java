// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The one form of every error: {@code {"requestId":"…","message":"…","providerMessage":"…"}}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiError(String requestId, String message, @Nullable String providerMessage) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** For answers that are given before or beside the routes. */
    public static void write(HttpServletRequest request, HttpServletResponse response, int status, String message)
            throws IOException {
        var id = RequestId.of(request);
        boolean page = ErrorPage.wanted(request);
        var body = page ? ErrorPage.of(status, message, id) : new ApiError(id, message, null).json();
        response.setStatus(status);
        response.setHeader(RequestId.HEADER, id);
        forNobodyElse(response);
        response.setContentType(page ? ErrorPage.TYPE : "application/json");
        if (page) {
            response.setHeader("Content-Security-Policy", ErrorPage.POLICY);
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** No answer is for a cache between us, and none is anything but what it says it is. */
    static void forNobodyElse(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    private byte[] json() {
        try {
            return MAPPER.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
