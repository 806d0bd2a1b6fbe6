// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A request while it is being spoiled. Texts of its head are bytes: each character below 256 is one. */
final class Draft {

    String method;
    String path;
    String query = "";
    String version = "HTTP/1.1";
    final List<String> headers = new ArrayList<>();
    byte[] body = new byte[0];
    boolean tellsLength = true;

    Draft(String method, String path) {
        this.method = method;
        this.path = path;
    }

    void header(String name, String value) {
        without(name);
        headers.add(name + ": " + value);
    }

    void without(String name) {
        headers.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    }

    byte[] bytes() {
        var all = new ByteArrayOutputStream();
        var target = path + (query.isEmpty() ? "" : "?" + query);
        all.writeBytes((method + " " + target + " " + version + "\r\n").getBytes(ISO_8859_1));
        headers.forEach(line -> all.writeBytes((line + "\r\n").getBytes(ISO_8859_1)));
        if (tellsLength && (body.length > 0 || method.matches("POST|PUT|PATCH"))) {
            all.writeBytes(("Content-Length: " + body.length + "\r\n").getBytes(ISO_8859_1));
        }
        all.writeBytes("\r\n".getBytes(ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }
}
