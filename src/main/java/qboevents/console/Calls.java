// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.console.Api.Answer;
import qboevents.console.Api.Call;
import qboevents.http.ApiException;

/** What pages ask of the API. What it refuses is thrown with the words in which it was refused. */
@Component
class Calls {

    private final Api api;
    private final HttpServletRequest request;

    /** @param request the one that the present thread answers */
    Calls(Api api, HttpServletRequest request) {
        this.api = api;
        this.request = request;
    }

    Map<String, Object> one(String route, Map<String, Object> path) {
        return map(answer(route, path, "", null).body());
    }

    Map<String, Object> one(String route, Map<String, Object> path, String query) {
        return map(answer(route, path, query, null).body());
    }

    List<Map<String, Object>> list(String route, Map<String, Object> path, String query) {
        return list(answer(route, path, query, null));
    }

    Map<String, Object> send(String route, Map<String, Object> path, String query, @Nullable Object body) {
        return map(answer(route, path, query, body).body());
    }

    Answer answer(String route, Map<String, Object> path, String query, @Nullable Object body) {
        var answer = api.answer(new Call(route, path, query, body, requestId()));
        if (answer.status() < 400) {
            return answer;
        }
        var failure = map(answer.body());
        throw new ApiException(answer.status(), String.valueOf(failure.get("message")), (String) failure.get("providerMessage"));
    }

    String requestId() {
        return Optional.ofNullable(request.getHeader("Elements-Request-Id")).orElse("");
    }

    static List<Map<String, Object>> list(Answer answer) {
        return maps(answer.body());
    }

    @SuppressWarnings("unchecked") // what JSON is read into
    static Map<String, Object> map(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    static List<Map<String, Object>> maps(@Nullable Object json) {
        return json instanceof List<?> list ? list.stream().map(Calls::map).toList() : List.of();
    }

    /** Those that are not empty, as they stand in a URL. */
    static String query(Map<String, ?> parameters) {
        return parameters.entrySet().stream()
                .filter(each -> each.getValue() != null && !String.valueOf(each.getValue()).isBlank())
                .map(each -> each.getKey() + "=" + URLEncoder.encode(String.valueOf(each.getValue()), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
