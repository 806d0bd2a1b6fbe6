// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.testing.TestDatabase;

/** A receiver whose answer begins well and whose header has no end. */
class EndlessHeaderTest {

    private static final long MOST = 256L * 1024 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"a", "a: b\r\n"})
    void fillsNoMemory(String more) throws Exception {
        var executor = Executors.newSingleThreadExecutor();
        try (var scene = Scene.on(TestDatabase.H2); var receiver = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var sent = CompletableFuture.supplyAsync(() -> answer(receiver, more), executor);
            var realm = scene.nextRealm();
            var id = scene.service().connect(scene.quickBooks, realm, "http://127.0.0.1:" + receiver.getLocalPort(),
                    Map.of("event.poller.refresh_interval", "99999999", "event.poller.urls", "invoices"));
            scene.quickBooks.ledger(realm).create("Invoice");
            scene.service().call("POST", "/instances/" + id + "/poll", "");

            await().atMost(SOON).until(sent::isDone);
            assertThat(sent.get()).as("bytes until the service had enough").isLessThan(8 * 1024 * 1024);
            await().atMost(SOON).untilAsserted(() -> {
                var event = scene.service().get("/instances/" + id + "/events").json().get(0).get("id").asText();
                var attempts = scene.service().get("/instances/events/" + event).json().get("attempts");
                assertThat(attempts).isNotEmpty();
                assertThat(attempts.get(0).get("error").asText()).isNotEmpty();
            });
        } finally {
            executor.shutdownNow();
        }
    }

    private static long answer(ServerSocket receiver, String more) {
        long sent = 0;
        try (var socket = receiver.accept()) {
            var block = new byte[60_000];
            var part = more.getBytes(US_ASCII);
            for (int i = 0; i < block.length; i++) {
                block[i] = part[i % part.length];
            }
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(US_ASCII));
            for (; sent < MOST; sent += block.length) {
                socket.getOutputStream().write(block);
            }
        } catch (IOException e) {
            return sent; // it has hung up
        }
        return sent;
    }
}
