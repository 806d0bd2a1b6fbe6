// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** Everything that can be wrong with an answer besides its status. */
final class Effects {

    private Effects() {}

    static Effect response(Response instead) {
        return (call, real, now, cleared) -> instead;
    }

    static Effect lost() {
        return (call, real, now, cleared) -> Answer.sent(real.get(), Answer.CUT);
    }

    static Effect half(boolean chunked) {
        return (call, real, now, cleared) -> half(real.get(), chunked);
    }

    static Effect hang() {
        return (call, real, now, cleared) -> exchange -> {
            await(cleared, Duration.ofDays(1));
            Answer.CUT.send(exchange);
        };
    }

    static Effect slow(Duration delay) {
        return (call, real, now, cleared) -> {
            var response = real.get();
            return Answer.sent(response, exchange -> {
                await(cleared, delay);
                response.send(exchange);
            });
        };
    }

    static Effect withoutTime() {
        return ending("}");
    }

    static Effect withTime(Instant time) {
        return ending(",\"time\":\"" + PacificTime.millis(time) + "\"}");
    }

    private static Effect ending(String end) {
        return (call, real, now, cleared) -> {
            var response = real.get();
            var text = new String(response.body(), ISO_8859_1).replaceFirst(",\"time\":\"[^\"]*\"}$", end);
            return response.with(text.getBytes(ISO_8859_1));
        };
    }

    static Effect poisoned(String entity, String id) {
        return (call, real, now, cleared) -> {
            var response = real.get();
            return shows(call, response, entity, id) ? Problem.system(500).response(now) : response;
        };
    }

    /** More bytes than anybody should hold, in a body that is correct to its end. */
    static Effect huge(long size) {
        return (call, real, now, cleared) -> Answer.sent(Response.json(200, new byte[0]), exchange -> {
            exchange.getResponseHeaders().set("Content-Type", Response.JSON);
            exchange.sendResponseHeaders(200, 0);
            var cdc = call.kind() == Call.Kind.CDC;
            try (var out = exchange.getResponseBody()) {
                var template = Entity.of(call.entity()).template();
                var start = cdc ? "{\"CDCResponse\":[{\"QueryResponse\":[{\"" : "{\"QueryResponse\":{\"";
                out.write((start + call.entity() + "\":[").getBytes(UTF_8));
                var rows = 0;
                for (var written = 0L; written < size; rows++) {
                    var row = new Row(String.valueOf(rows + 1), 0, now, now, true, template).bytes();
                    out.write(rows == 0 ? new byte[0] : new byte[] {','});
                    out.write(row);
                    written += row.length + 1L;
                }
                out.write(("],\"startPosition\":1,\"maxResults\":" + rows + (cdc ? "}]}]" : "}") + ",\"time\":\""
                        + PacificTime.millis(now) + "\"}").getBytes(UTF_8));
            }
            exchange.close();
        });
    }

    private static boolean shows(Call call, Response response, String entity, String id) {
        if (call.kind() != Call.Kind.CDC) {
            return new String(response.body(), ISO_8859_1).contains("\"sparse\":false,\"Id\":\"" + id + "\"");
        }
        var groups = Json.read(response.body()).at("/CDCResponse/0/QueryResponse");
        return groups.findValues(entity).stream()
                .flatMap(rows -> StreamSupport.stream(rows.spliterator(), false))
                .anyMatch(row -> row.path("Id").asText().equals(id) && !row.has("status"));
    }

    private static Answer half(Response response, boolean chunked) {
        return Answer.sent(response, exchange -> {
            response.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(response.status(), chunked ? 0 : response.body().length);
            exchange.getResponseBody().write(response.body(), 0, response.body().length / 2);
            exchange.getResponseBody().flush();
            Answer.CUT.send(exchange);
        });
    }

    private static void await(CountDownLatch latch, Duration longest) throws IOException {
        try {
            latch.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
