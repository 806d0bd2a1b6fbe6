// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What stands in front of several nodes: passes each POST to any of them, to another one when nobody is there, and waits for no one long. */
final class FrontDoor implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Set<String> OWN = Set.of("host", "content-length", "connection", "upgrade", "http2-settings");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> nodes;
    private final Random random;
    private final HttpServer server;

    /** @param nodes where they are, whether they run or not */
    FrontDoor(List<String> nodes, Random random) {
        this.nodes = nodes;
        this.random = random;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        int status = 503;
        for (var node : shuffled()) {
            status = send(node, exchange, body);
            if (status != 0) {
                break;
            }
        }
        exchange.sendResponseHeaders(status == 0 ? 503 : status, -1);
        exchange.close();
    }

    private synchronized List<String> shuffled() {
        var order = new ArrayList<>(nodes);
        Collections.shuffle(order, random);
        return order;
    }

    /** @return 0 when nobody is there */
    private int send(String node, HttpExchange exchange, byte[] body) {
        var request = HttpRequest.newBuilder(URI.create(node + exchange.getRequestURI()))
                .timeout(PATIENCE).POST(BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (ConnectException e) {
            return 0;
        } catch (IOException e) {
            return 503;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 503;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
