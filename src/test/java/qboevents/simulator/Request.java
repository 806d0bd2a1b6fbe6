// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request, read whole.
 *
 * @param url as its sender wrote it, with its query
 */
record Request(
        String method, String url, List<String> path, Map<String, String> query, Optional<String> authorization,
        Map<String, List<String>> headers, String body) {

    static Request read(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        return new Request(
                exchange.getRequestMethod(),
                "http://" + exchange.getRequestHeaders().getFirst("Host") + uri,
                List.of(uri.getPath().substring(1).split("/")),
                form(Objects.requireNonNullElse(uri.getRawQuery(), "")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    }

    Map<String, String> form() {
        return form(body);
    }

    /** The bearer token or the basic credentials, without the scheme. */
    Optional<String> credentials(String scheme) {
        var prefix = scheme + " ";
        return authorization
                .filter(value -> value.regionMatches(true, 0, prefix, 0, prefix.length()))
                .map(value -> value.substring(prefix.length()).strip());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(values -> values.get(0));
    }

    private static Map<String, String> form(String encoded) {
        if (encoded.isBlank()) {
            return Map.of();
        }
        return Arrays.stream(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]),
                        pair -> pair.length == 2 ? decoded(pair[1]) : "", (first, second) -> second));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
