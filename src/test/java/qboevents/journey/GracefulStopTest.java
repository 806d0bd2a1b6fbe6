// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import qboevents.simulator.Fault;
import qboevents.simulator.Reply;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** A node that is asked to end. */
class GracefulStopTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");
    private static final Duration SLOW = Duration.ofSeconds(4);

    @OnEachDatabase
    void endsThePollAndTheDeliveryThatItHasBegun(TestDatabase database) {
        try (var scene = Scene.on(database)) {
            var sent = scene.connect(ALL, "invoices");
            var read = scene.connect(ALL, "invoices");
            scene.receiver.answer(Reply.ok().after(SLOW));
            sent.books().create("Invoice");
            sent.poll();
            await().atMost(SOON).until(() -> sent.received().size() == 1);
            var fault = scene.quickBooks.fail(Fault.slow(SLOW));
            var made = read.books().create("Invoice");
            read.ask("");
            var machine = new ApiClient(scene.service().base().replace("/elements/api-v2", ""),
                    ApiClient.platform(scene.service()).authorization());
            await().atMost(SOON).until(() ->
                    machine.get("/actuator/prometheus").text().contains("workers_active{kind=\"poll\"} 1.0"));

            var asked = Instant.now();
            scene.service().close();

            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(30));
            fault.clear();
            scene.receiver.answer(Reply.ok());
            scene.restart();
            read.awaitTold(Company.words("invoices", List.of(made)));
            assertThat(read.pollerRecord("invoices").lastError()).isEmpty();
            assertThat(read.pollerRecord("invoices").calls()).as("read once").isEqualTo(1);
            assertThat(sent.received()).as("sent once").hasSize(1);
        }
    }
}
