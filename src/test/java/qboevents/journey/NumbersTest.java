// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.util.Map;
import qboevents.simulator.Reply;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** What an operator watches. */
class NumbersTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");
    private static final String NUMBERS = "/notifications/numbers";

    @OnEachDatabase
    void countsWhatIsOwedAndTellsHowOldItIsAlsoWhileItIsHeld(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=90d")) {
            var good = scene.connect(ALL, "invoices");
            var slow = scene.connect(ALL, "invoices");
            var gone = scene.connect(ALL, "invoices");
            var api = ApiClient.platform(scene.service());
            good.books().create("Invoice", 12);
            good.poll();
            await().atMost(SOON).until(() -> api.get(NUMBERS).json().at("/attempts/delivered").asInt() == 2);
            await().atMost(SOON).until(() -> api.get(NUMBERS).json().path("oldestAge").asInt() == 0);
            var healthy = api.get(NUMBERS).json();
            assertThat(healthy.path("instances")).isEmpty();
            assertThat(healthy.at("/latency/count").asInt()).isEqualTo(2);
            assertThat(healthy.at("/latency/p50").asInt()).isBetween(1, healthy.at("/latency/max").asInt());

            scene.receiver.answer(Reply.status(500));
            slow.books().create("Invoice");
            slow.poll();
            await().atMost(SOON).until(() -> api.get(NUMBERS).json().path("retry").asInt() == 1);
            scene.clock.advance(Duration.ofHours(1));
            scene.receiver.answer(Reply.status(410));
            gone.books().create("Invoice");
            gone.poll();
            await().atMost(SOON).until(() -> api.get(NUMBERS).json().path("dead").asInt() == 1);
            gone.books().create("Invoice");
            gone.poll();
            await().atMost(SOON).until(() -> api.get(NUMBERS).json().path("held").asInt() == 1);
            scene.clock.advance(Duration.ofHours(1));

            var numbers = api.get(NUMBERS).json();

            assertThat(numbers.path("oldestAge").asInt()).isBetween(7200, 7400);
            assertThat(numbers.path("retry").asInt()).isEqualTo(1);
            assertThat(numbers.path("due").asInt()).isZero();
            assertThat(numbers.at("/attempts/retried").asInt()).isEqualTo(1);
            assertThat(numbers.at("/attempts/dead").asInt()).isEqualTo(1);
            assertThat(numbers.path("instances")).hasSize(2);
            assertThat(numbers.at("/instances/1/instanceId").asLong()).isEqualTo(gone.id());
            assertThat(numbers.at("/instances/1/oldestAge").asInt()).isBetween(3600, 3700);
            assertThat(numbers.at("/instances/1/held").asInt()).isEqualTo(1);
            assertThat(numbers.at("/instances/1/dead").asInt()).isEqualTo(1);
            assertThat(numbers.at("/latency/count").asInt()).as("the last minutes only").isZero();
        }
    }
}
