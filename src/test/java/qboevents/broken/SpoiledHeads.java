// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What can be wrong before the body: method, path, query, headers. */
record SpoiledHeads(Random random) {

    private static final String LONG = "x".repeat(6000);
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE",
            "CONNECT", "FOO", "get", "PROPFIND", "M".repeat(300), "G{T", "G\u0000T");
    private static final List<String> NAMES = List.of("-1", "0", "1", "99999999", "9223372036854775808", "1".repeat(60), "abc", "1%00",
            "%00", "%", "%zz", "%2e%2e", "..", ".", "%2F", "%5c", "1;a=b", ";", "\u00e9", "%C3%A9", "%C0%AF", "%FF", "\u0000", "1 2", "1+2",
            "%0d%0aX-Evil:1", "${header.Authorization}", "%24%7Bbody%7D", "{id}", "*", "'", "\"", "<script>", "1,2", "0x10", "1e3", "\u0661",
            LONG.substring(0, 300), "a".repeat(5000), "event-poller-records", "events", "enabled", "", "|", "^", "[", "\\", "~", "@", "1:2");
    private static final List<String> VALUES = List.of("", "0", "-1", "1", "2000", "2001", "99999999999999999999", "abc", "%00", "%", "%z",
            "%C0%AF", "%FF%FE", "%ED%A0%80", "%22", "'", "\"", "<script>", "${body}", "a%0d%0ab", "[]", "{}", "\u00e9", "%E2%82%AC", "null", "MTA",
            "eyJ9", "2026-01-01", "2026-13-45T99:99:99Z", "minute", "P1D", "status='x", "status='queued' or 1=1", "(((", "a=b=c", "%26%3D",
            "http://[", "https://x/%zz", "\u0000", "1e400", LONG);
    private static final List<String> PARAMETERS = List.of("pageSize", "nextPageToken", "where", "from", "to", "interval", "tags[]", "tags",
            "searchText", "resource", "apiKey", "apiSecret", "callbackUrl", "scope", "state", "requestToken", "id", "eventId", "body",
            "Authorization", "CamelHttpResponseCode", "CamelHttpUri", "Elements-Request-Id", "Content-Type", "", "%", "%00", "a b");
    private static final List<String> TYPES = List.of("", "text/plain", "application/xml", "application/json; charset=bogus", ";;;", "/",
            "multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/json;charset=UTF-16",
            "application/json; charset=\"", "application/cloudevents-batch+json", "\u00e9", "text/html", "application/octet-stream");
    private static final List<String> LINES = List.of(
            "Content-Encoding: gzip", "Content-Encoding: br", "Content-Encoding: deflate", "Content-Encoding: gzip, gzip",
            "Content-Encoding: x", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip", "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: identity", "Transfer-Encoding: x", "Content-Length: -1", "Content-Length: abc", "Content-Length: 5",
            "Content-Length: 99999999999999999999", "Content-Length: +5", "Content-Length: 900000", "Content-Length: 9000000",
            "Accept: text/html", "Accept: application/xml", "Accept: a/b;q=x", "Accept: ,,", "Accept-Encoding: gzip", "Accept-Language: \u00e9",
            "Expect: 100-continue", "Expect: miracles", "Range: bytes=0-", "If-None-Match: *", "If-Modified-Since: never",
            "Upgrade: h2c", "Upgrade: websocket", "Connection: keep-alive, Upgrade", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
            "X-Http-Method-Override: DELETE", "Elements-Request-Id: ../<b>", "CamelHttpResponseCode: 500", "CamelHttpUri: http://127.0.0.1:1",
            "CamelHttpQuery: pageSize=x", "CamelFileName: /etc/passwd", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: gopher",
            "Forwarded: for=x", "Origin: http://evil", "Access-Control-Request-Method: PUT", "Cookie: " + LONG, "Cookie: JSESSIONID=1; a=\"",
            "X-Long: " + LONG + LONG, "X-Very-Long: " + LONG.repeat(20), "Host: a b", "Host: [", "Host: other", "Host: ", "no colon at all",
            " folded", ": no name", "X Y: space", "X\u0000: nul", "X: nul\u0000", "X: \u00ff\u00fe", "id: 5", "body: x", "intuit-signature: x",
            "Authorization: User test-user, Organization test-organization");
    private static final List<String> AUTHORIZATIONS = List.of("", "User", "User ", "User test-user", "Organization test-organization",
            "User test-user, Organization wrong", "User test-user Organization", "User a, User b", "Bearer x", "Basic dTpw", "\u00ff\u00fe",
            "User test-user, Element x", "User test-user, Organization test-organization, Element wrong", "User null, Organization null",
            "User ${body}, Organization x", "User 'test-user', Organization \"test-organization\"", "null", ",,,", "User " + LONG);

    void spoil(Draft draft) {
        switch (random.nextInt(10)) {
            case 0 -> draft.method = pick(METHODS);
            case 1, 2 -> draft.path = path(draft.path);
            case 3, 4 -> draft.query = query();
            case 5 -> draft.header("Authorization", pick(AUTHORIZATIONS));
            case 6 -> draft.header("Content-Type", pick(TYPES));
            case 7 -> line(draft);
            case 8 -> draft.headers.add(pick(LINES));
            default -> rarer(draft);
        }
    }

    private String path(String path) {
        var parts = path.split("/", -1);
        int at = 1 + random.nextInt(parts.length - 1);
        return switch (random.nextInt(8)) {
            case 0 -> path + "/" + pick(NAMES);
            case 1 -> path + pick(List.of("/", "//", "/.", "/..", ";x=y", "%20", "%00", ".json", "?", "#", "/;/"));
            case 2 -> path.replaceFirst("/elements/api-v2", pick(List.of("", "/", "//", "/elements", "/error", "http://other", "*")));
            case 3 -> path.toUpperCase(Locale.ROOT);
            default -> {
                parts[at] = pick(NAMES);
                yield String.join("/", parts);
            }
        };
    }

    private String query() {
        if (random.nextInt(8) == 0) {
            return pick(List.of("&&&", "=", "a&b&c", "?", "a=b".concat("&a=b".repeat(1500)), "%", "=%00", "[]=1", "\u00e9=\u00e9"));
        }
        var query = pick(PARAMETERS) + "=" + pick(VALUES);
        for (int i = 0; i < random.nextInt(3); i++) {
            query += "&" + pick(PARAMETERS) + "=" + pick(VALUES);
        }
        return query;
    }

    /** A line that speaks of the length stands in place of the true one. */
    private void line(Draft draft) {
        var line = pick(LINES);
        draft.without(line.split(":")[0]);
        draft.tellsLength &= !line.startsWith("Content-Length") && !line.startsWith("Transfer-Encoding");
        draft.headers.add(line);
    }

    private void rarer(Draft draft) {
        switch (random.nextInt(6)) {
            case 0 -> draft.version = pick(List.of("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP/0.9", "", "HTTQ/1.1", "http/1.1"));
            case 1 -> draft.without("Host");
            case 2 -> draft.headers.addAll(Collections.nCopies(200, "X-Many: 1"));
            case 3 -> draft.tellsLength = false;
            case 4 -> draft.without("Authorization");
            default -> draft.without("Content-Type");
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
