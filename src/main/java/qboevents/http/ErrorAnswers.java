// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;

/**
 * What fails before a route is found: an unknown path, a wrong method, too many requests at once. Not an annotated
 * controller: Spring would not call one after a request that a route had taken over, and answer its own page in HTML.
 */
@Component("/error")
class ErrorAnswers implements ErrorController, HttpRequestHandler {

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var status = status(request);
        ApiError.write(request, response, status, databaseAway(request) ? ApiErrors.DATABASE_AWAY : message(status, request));
    }

    private static boolean databaseAway(HttpServletRequest request) {
        var cause = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        while (cause != null && !ApiErrors.databaseAway(cause)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private static int status(HttpServletRequest request) {
        var failure = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        // What fails to be read or written out here is the caller's connection: routes answer for their own.
        if (CutBody.caused(failure) || failure instanceof IOException) {
            return HttpServletResponse.SC_BAD_REQUEST;
        }
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RejectedExecutionException || ApiErrors.databaseAway(cause)) {
                return HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            }
            // /instances/events/events: where two calls each have a name of their own there, neither is meant.
            if (cause instanceof IllegalStateException && String.valueOf(cause.getMessage()).startsWith("Ambiguous handler")) {
                return HttpServletResponse.SC_NOT_FOUND;
            }
        }
        // The container itself saw the connection fail, while a route was about to answer: a failure of ours has a cause.
        if (failure == null && Integer.valueOf(HttpServletResponse.SC_INTERNAL_SERVER_ERROR)
                .equals(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))) {
            return HttpServletResponse.SC_BAD_REQUEST;
        }
        // Somebody asks for the error path itself: to him it does not exist.
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                ? status
                : HttpServletResponse.SC_NOT_FOUND;
    }

    private static String message(int status, HttpServletRequest request) {
        return switch (status) {
            case 400 -> "The request is not readable as HTTP";
            case 404 -> "There is nothing at " + request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
            case 405 -> request.getMethod() + " is not offered at " + request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
            case 406 -> "Only application/json can be answered";
            case 415 -> "Only application/json can be read";
            case 503 -> "The service has too much to do; try again in a few seconds";
            default -> status < 500
                    ? "The request cannot be answered (HTTP " + status + ")"
                    : "The service failed; its log says more under the request id";
        };
    }
}
