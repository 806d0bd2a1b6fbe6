// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import qboevents.http.ApiErrors;
import qboevents.http.ConsolePath;

/** What fails on the console's paths is told by a page, in the API's words; all else is not ours. */
@Component
class ConsoleErrors implements HandlerExceptionResolver, Ordered {

    private final ApiErrors errors;

    ConsoleErrors(ApiErrors errors) {
        this.errors = errors;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (!ConsolePath.of(request)) {
            return null;
        }
        var id = request.getHeader("Elements-Request-Id");
        var model = new HashMap<String, @Nullable Object>();
        model.put("requestId", id);
        if (failure instanceof ErrorResponse known) {
            response.setStatus(known.getStatusCode().value());
            model.put("message", known.getStatusCode().value() == 404
                    ? "There is no such page" : "This page cannot be asked for like this");
        } else {
            var told = errors.of(failure, id);
            response.setStatus(told.status());
            model.put("message", told.body().message());
            model.put("providerMessage", told.body().providerMessage());
        }
        model.put("status", response.getStatus());
        model.put("again", response.getStatus() >= 500 && request.getMethod().equals("GET") ? again(request) : null);
        return new ModelAndView("console/error", model);
    }

    private static String again(HttpServletRequest request) {
        return request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
