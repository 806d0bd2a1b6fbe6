// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Takes the brackets and quotes that {@code tags[]=} and {@code where=} bring, and answers what Tomcat refuses before
 * any filter in the API's form instead of HTML.
 */
@Component
class Tomcat implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** Bodies are read by {@link BodyLimitFilter}; the rest of one that is left unread could keep a thread for as long as it trickles. */
    private static final int SWALLOWED = 0;

    private static final String REQUEST = Request.class.getName();

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            connector.setProperty("relaxedQueryChars", "[]{}|\"<>^`\\");
            connector.setProperty("maxSwallowSize", String.valueOf(SWALLOWED));
            connector.setAllowTrace(true); // refused by our filter instead, with an answer like any other
        });
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(JsonErrors.class.getName());
            }
        });
    }

    /** What has been answered so far is sent, and the connection closed whatever still comes. */
    static void hangUp(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.flushBuffer();
        if (request.getAttribute(REQUEST) instanceof Request own) {
            own.getCoyoteRequest().action(ActionCode.CLOSE_NOW, null);
        }
    }

    /** Public because Tomcat makes it by its name. */
    public static class JsonErrors extends ErrorReportValve {

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            request.setAttribute(REQUEST, request); // filters see a facade of it
            super.invoke(request, response);
        }

        @Override
        protected void report(Request request, Response response, Throwable cause) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            try {
                int status = status(response.getStatus(), cause);
                ApiError.write(request.getRequest(), response.getResponse(), status, status < 500
                        ? "The request is not readable as HTTP"
                        : "The service failed; its log says more under the request id");
                response.finishResponse();
            } catch (IOException | IllegalStateException e) {
                container.getLogger().debug("The client has gone", e);
            }
        }

        /**
         * A version or a transfer encoding that nobody knows is not our fault, although its number says so; nor is a connection
         * that failed, for which there is no cause or a cut body.
         */
        private static int status(int given, Throwable cause) {
            boolean theirs = switch (given) {
                case HttpServletResponse.SC_NOT_IMPLEMENTED, HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED -> true;
                case HttpServletResponse.SC_INTERNAL_SERVER_ERROR -> cause == null || CutBody.caused(cause);
                default -> false;
            };
            return theirs ? HttpServletResponse.SC_BAD_REQUEST : given;
        }
    }
}
