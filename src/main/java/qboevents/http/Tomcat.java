// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Takes the brackets and quotes that {@code tags[]=} and {@code where=} bring, and answers what Tomcat refuses before
 * any filter in the API's form instead of HTML.
 */
@Component
class Tomcat implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** How much of a body that was refused is still taken from the line, so that its sender reads the answer. */
    private static final int SWALLOWED = 128 * 1024 * 1024;

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

    /** Public because Tomcat makes it by its name. */
    public static class JsonErrors extends ErrorReportValve {

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
