// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** A callback that was taken while private addresses were allowed: every connection is checked, whatever was configured. */
class PrivateAddressTest {

    private static final String ALLOWED = "events.delivery.allow-private-addresses=";

    @Test
    void isNotConnectedToOnceItIsNotAllowed() {
        var url = TestDatabase.H2.freshUrl();
        var clock = MovableClock.running();
        try (var quickBooks = new QuickBooksSimulator(clock); var receiver = new CallbackReceiver()) {
            var hosts = List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]");
            try (var open = TestService.start(url, clock, quickBooks, ALLOWED + "true")) {
                for (int i = 0; i < hosts.size(); i++) {
                    var callback = "http://" + hosts.get(i) + ":" + receiver.port() + "/hook";
                    open.connect(quickBooks, "4000" + i, callback, Map.of(
                            "event.poller.start", "beginning", "event.poller.urls", "invoices"));
                }
            }

            try (var closed = TestService.start(url, clock, quickBooks, ALLOWED + "false")) {
                for (int i = 0; i < hosts.size(); i++) {
                    quickBooks.ledger("4000" + i).create("Invoice");
                }
                closed.get("/instances").json().forEach(instance ->
                        closed.call("POST", "/instances/" + instance.get("id").asLong() + "/poll", ""));
                await().atMost(SOON).untilAsserted(() -> assertThat(errors(closed)).hasSize(hosts.size())
                        .allSatisfy(error -> assertThat(error).contains("allow-private-addresses")));
            }
            assertThat(receiver.count()).isZero();
        }
    }

    private static List<String> errors(TestService service) {
        return service.bean(JdbcClient.class).sql("select last_error from delivery where last_error is not null")
                .query(String.class).list();
    }
}
