// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The headers that an instance adds to its notifications: a JSON object, or one {@code Name: value} per line. */
final class CallbackHeaders {

    private static final String KEY = ConfigurationKeys.CALLBACK_HEADERS;
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,4000}");
    private static final Set<String> OURS = Set.of("host", "content-length", "content-type", "content-encoding",
            "transfer-encoding", "connection", "keep-alive", "upgrade", "expect", "te", "trailer", "proxy-connection");

    /** Ours, and those by which a route tells Camel what to do. */
    private static final List<String> PREFIXES = List.of("webhook-", "elements-", "camel", "kafka.", "org.apache.camel");

    private CallbackHeaders() {}

    /** Names are compared without case, as HTTP does. */
    static Map<String, String> read(Given given) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        given.text(KEY).map(text -> parsed(text, given)).ifPresent(all -> all.forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                given.fault(KEY, "has a name or value that HTTP does not allow");
            } else if (ours(name.toLowerCase(Locale.ROOT))) {
                given.fault(KEY, "must not set " + name + ", which the service sets itself");
            } else {
                headers.put(name, value);
            }
        }));
        basic(given, headers);
        return headers;
    }

    private static boolean ours(String name) {
        return OURS.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }

    private static Map<String, String> parsed(String text, Given given) {
        var headers = new LinkedHashMap<String, String>();
        if (text.startsWith("{")) {
            Json.object(text).ifPresentOrElse(
                    object -> object.forEach((name, value) -> headers.put(name, String.valueOf(value))),
                    () -> given.fault(KEY, "is not a JSON object"));
            return headers;
        }
        for (var line : text.split("\\n")) {
            var parts = line.split(":", 2);
            if (parts.length == 2) {
                headers.put(parts[0].strip(), parts[1].strip());
            } else if (!line.isBlank()) {
                given.fault(KEY, "must be a JSON object, or one \"Name: value\" per line");
            }
        }
        return headers;
    }

    private static void basic(Given given, Map<String, String> headers) {
        var user = given.text(ConfigurationKeys.BASIC_USER);
        var password = given.exact(ConfigurationKeys.BASIC_PASSWORD);
        if (user.isEmpty()) {
            password.ifPresent(alone -> given.fault(ConfigurationKeys.BASIC_USER, "is required with a password"));
            return;
        }
        if (user.get().contains(":")) {
            given.fault(ConfigurationKeys.BASIC_USER, "must not contain a colon");
        }
        if (headers.containsKey("Authorization")) {
            given.fault(KEY, "must not set Authorization beside " + ConfigurationKeys.BASIC_USER);
        }
        var pair = (user.get() + ":" + password.orElse("")).getBytes(StandardCharsets.UTF_8);
        headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
}
