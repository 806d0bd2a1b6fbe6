// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A whole and honest answer. */
record Response(int status, Map<String, String> headers, byte[] body) implements Answer {

    static final String JSON = "application/json;charset=UTF-8";

    static Response of(int status, String contentType, String body) {
        return new Response(status, Map.of("Content-Type", contentType), body.getBytes(UTF_8));
    }

    static Response json(int status, byte[] body) {
        return new Response(status, Map.of("Content-Type", JSON), body);
    }

    Response with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Response(status, Map.copyOf(more), body);
    }

    Response with(byte[] otherBody) {
        return new Response(status, headers, otherBody);
    }

    @Override
    public void send(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        var bytes = body.length > 0 && wantsGzip(exchange) ? zipped(exchange) : body;
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    static boolean wantsGzip(HttpExchange exchange) {
        var accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        return accepted != null && accepted.contains("gzip");
    }

    static OutputStream gzip(OutputStream out) throws IOException {
        return new GZIPOutputStream(out, 8192) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        };
    }

    private byte[] zipped(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        var bytes = new ByteArrayOutputStream(body.length / 4 + 64);
        try (var zip = gzip(bytes)) {
            zip.write(body);
        }
        return bytes.toByteArray();
    }
}
