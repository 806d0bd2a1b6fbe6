// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.web.util.HtmlUtils;

/** What somebody sees on the console's paths when the console itself cannot answer: its database is away, or it is full. */
final class ErrorPage {

    static final String TYPE = "text/html;charset=UTF-8";
    static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>%1$d · QuickBooks Online events</title>
              <link rel="icon" type="image/svg+xml" href="/console/icon.svg">
              <link rel="stylesheet" href="/console/console.css">
            </head>
            <body>
            <header class="top"><a class="brand" href="/"><img src="/console/icon.svg" alt="" width="24" height="24"> QuickBooks events</a></header>
            <main id="content" class="narrow">
              <h1>%2$s</h1>
              <p class="banner bad" role="alert">%3$s</p>
              <p class="hint">Request <code>%4$s</code>%6$s.</p>
              <p class="actions">%5$s<a class="button" href="/">To the overview</a></p>
            </main>
            </body>
            </html>
            """;

    /** What a browser asks the console with. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private ErrorPage() {}

    /** Also for a part of a page, whose script reads what the alert says. */
    static boolean wanted(HttpServletRequest request) {
        var failed = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        var accept = request.getHeader("Accept");
        return METHODS.contains(String.valueOf(request.getMethod())) // none where the first line is no line
                && (failed == null ? ConsolePath.of(request) : ConsolePath.is(failed))
                && (request.getHeader("HX-Request") != null || accept != null && accept.contains("text/html"));
    }

    static byte[] of(int status, String message, String requestId) {
        return PAGE.formatted(status, status >= 500 ? "That did not work" : "Not possible", HtmlUtils.htmlEscape(message),
                HtmlUtils.htmlEscape(requestId), status >= 500 ? "<a class=\"button main\" href=\"\">Try again</a> " : "",
                status >= 500 ? ", by which the service's log tells more" : "")
                .getBytes(StandardCharsets.UTF_8);
    }
}
