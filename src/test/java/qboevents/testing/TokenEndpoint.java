// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** Intuit's token endpoint as far as these tests need it: it says what it is told to, else grants one pair after another. */
public final class TokenEndpoint implements AutoCloseable {

    /** @param status 0: the connection is closed without an answer; -1: it stays open without one */
    record Answer(int status, String body) {}

    private final HttpServer server;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> { });
    public final List<String> requests = new CopyOnWriteArrayList<>();

    public TokenEndpoint() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/token", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    public TokenEndpoint next(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    /** Happens before the next answer. */
    public void meanwhile(Runnable something) {
        meanwhile.set(something);
    }

    public void forget() {
        requests.clear();
        answers.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        meanwhile.getAndSet(() -> { }).run();
        var number = requests.size();
        var told = answers.poll();
        var answer = told != null ? told : new Answer(200, """
                {"token_type":"bearer","access_token":"access-%d","expires_in":3600,
                 "refresh_token":"refresh-%d","x_refresh_token_expires_in":8726400}""".formatted(number, number));
        if (answer.status() > 0) {
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        if (answer.status() >= 0) {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
