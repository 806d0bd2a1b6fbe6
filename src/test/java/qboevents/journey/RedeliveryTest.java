// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qboevents.simulator.Reply;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** What was delivered and is sent again on request is owed to nobody: when it fails, only it has failed. */
class RedeliveryTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");
    private static final String FAILED = "/operator-events?kind=redelivery-failed";

    @OnEachDatabase
    void endsWhenItsTriesHaveFailedAndHoldsNothingBack(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=1h,1h")) {
            var company = scene.connect(ALL, "invoices");
            var invoice = company.books().create("Invoice");
            company.poll();
            var eventId = delivered(scene, company);
            scene.receiver.answer(received -> Reply.status(received.text().contains("1|0") ? 500 : 200));

            redeliver(scene, company, eventId);
            awaitAttempts(scene, eventId, 2);
            assertThat(status(scene, eventId)).isEqualTo("DISPATCHED");
            scene.clock.advance(Duration.ofMinutes(61));
            awaitAttempts(scene, eventId, 3);
            scene.restart();
            company.books().update("Invoice", invoice.id());
            company.poll();
            company.awaitAtLeastTold("invoices 1|1"); // its next state does not wait for it
            scene.clock.advance(Duration.ofMinutes(61));

            awaitAttempts(scene, eventId, 4);
            await().atMost(SOON).until(() -> status(scene, eventId).equals("NOTIFIED"));
            assertThat(api(scene).get(FAILED).json()).hasSize(1);
            assertThat(api(scene).get(FAILED).json().get(0).path("message").asText()).contains(eventId, "answered 500");
            company.books().create("Invoice");
            company.poll();
            company.awaitAtLeastTold("invoices 2|0");
        }
    }

    @OnEachDatabase
    void staysARepetitionWhenItIsAskedForTwice(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=1h")) {
            var company = scene.connect(ALL, "invoices");
            company.books().create("Invoice");
            company.poll();
            var eventId = delivered(scene, company);
            scene.receiver.answer(Reply.status(500));
            redeliver(scene, company, eventId);
            awaitAttempts(scene, eventId, 2);

            redeliver(scene, company, eventId);
            awaitAttempts(scene, eventId, 3);
            scene.clock.advance(Duration.ofMinutes(61));

            await().atMost(SOON).until(() -> status(scene, eventId).equals("NOTIFIED"));
            scene.receiver.answerOk();
            company.books().create("Invoice");
            company.poll();
            company.awaitAtLeastTold("invoices 2|0");
        }
    }

    @Test
    void endsTheSubscriptionWhenTheReceiverSaysThatItIsGone() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(ALL, "invoices");
            company.books().create("Invoice");
            company.poll();
            var eventId = delivered(scene, company);
            scene.receiver.answer(Reply.status(410));

            redeliver(scene, company, eventId);

            await().atMost(SOON).until(() -> api(scene).get("/operator-events?kind=subscription-deactivated").json().size() == 1);
            assertThat(status(scene, eventId)).isEqualTo("NOTIFIED");
            assertThat(api(scene).get("/notifications/subscriptions/deliveries").json()).isEmpty();
        }
    }

    private static String delivered(Scene scene, Company company) {
        var events = "/instances/" + company.id() + "/events?where=status='NOTIFIED'";
        await().atMost(SOON).until(() -> api(scene).get(events).json().size() == 1);
        return api(scene).get(events).json().get(0).path("id").asText();
    }

    private static void redeliver(Scene scene, Company company, String eventId) {
        var answer = api(scene).send("POST", "/instances/" + company.id() + "/events/" + eventId + "/redeliver", "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    private static void awaitAttempts(Scene scene, String eventId, int number) {
        await().atMost(SOON).until(() -> api(scene).get("/instances/events/" + eventId).json().path("attempts").size() == number);
    }

    private static String status(Scene scene, String eventId) {
        return api(scene).get("/instances/events/" + eventId).json().path("status").asText();
    }

    private static ApiClient api(Scene scene) {
        return ApiClient.platform(scene.service());
    }
}
