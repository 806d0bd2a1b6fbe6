// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** Senders without any secret whose bodies come a byte at a time, more of them than the web server has threads. */
class SlowBodiesTest {

    private static final int THREADS = 6;
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final List<String> PATHS = List.of("/events/quickbooks", "/instances", "/nothing");

    @Test
    void keepNobodyElseWaiting() throws IOException {
        var sockets = new ArrayList<Socket>();
        try (var quickBooks = new QuickBooksSimulator(MovableClock.running());
                var service = TestService.start(TestDatabase.H2.freshUrl(), MovableClock.running(), quickBooks,
                        "server.tomcat.threads.max=" + THREADS)) {
            var base = URI.create(service.base());
            for (int i = 0; i < 3 * THREADS; i++) {
                var length = i % 2 == 0 ? "Content-Length: 100000000" : i % 3 == 0 ? "Transfer-Encoding: chunked" : "Content-Length: 100000";
                var path = PATHS.get(i / 2 % PATHS.size());
                var socket = new Socket("127.0.0.1", base.getPort());
                socket.getOutputStream().write(("POST " + base.getPath() + path + " HTTP/1.1\r\nHost: x\r\n" + length + "\r\n\r\n").getBytes(US_ASCII));
                sockets.add(socket);
            }
            var health = HttpRequest.newBuilder(base.resolve("/actuator/health/liveness")).timeout(SOON).build();

            await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(300)).until(() -> {
                assertThat(HttpClient.newHttpClient().send(health, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
                return goOn(sockets);
            });
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    /** @return whether all of them were closed at the other end */
    private static boolean goOn(List<Socket> sockets) throws IOException {
        boolean over = true;
        for (var socket : sockets) {
            if (socket.isClosed()) {
                continue;
            }
            try {
                socket.getOutputStream().write('1');
                over = false;
            } catch (SocketException e) {
                socket.close();
            }
        }
        return over;
    }
}
