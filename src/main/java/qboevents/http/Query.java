// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The query of a request's URL, read from the URL itself: among Camel's headers it could not be told from a header. */
public record Query(Map<String, List<String>> values) {

    private static final int DEFAULT_PAGE = 200;
    private static final int MAX_PAGE = 2000;

    public static Query of(@Nullable String raw) {
        var values = new LinkedHashMap<String, List<String>>();
        for (var pair : raw == null ? new String[0] : raw.split("&")) {
            var parts = pair.split("=", 2);
            values.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>()).add(parts.length == 2 ? decoded(parts[1]) : "");
        }
        return new Query(values);
    }

    /** Nothing when it is not there or empty. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of()).stream().filter(value -> !value.isBlank()).toList();
    }

    /** Several are one: passed over, one of them would let more through than was asked for. */
    public String where() {
        return String.join(" and ", all("where"));
    }

    public int pageSize() {
        var size = first("pageSize").orElse(String.valueOf(DEFAULT_PAGE));
        if (!size.matches("\\d{1,9}") || Integer.parseInt(size) == 0) {
            throw new ApiException(400, "pageSize must be a number from 1 to " + MAX_PAGE);
        }
        return Math.min(Integer.parseInt(size), MAX_PAGE);
    }

    private static String decoded(String text) {
        try {
            var decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.indexOf('\0') < 0) { // which no text of a database can hold
                return decoded;
            }
            throw new ApiException(400, "The query of the URL holds %00, which nothing here is named");
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "The query of the URL is not encoded as it should be");
        }
    }
}
