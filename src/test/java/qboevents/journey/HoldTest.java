// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qboevents.simulator.ReceivedEvent;
import qboevents.simulator.Reply;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** After a last try everything is kept, and sent in its order when an operator says so. */
class HoldTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");
    private static final String DELIVERIES = "/notifications/subscriptions/deliveries";
    private static final String QUEUED = DELIVERIES + "?where=channel='webhook' and status='queued'";

    @OnEachDatabase
    void keepsEverythingAfterALastTryAndReleasesItOldestFirst(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=1m")) {
            var company = scene.connect(ALL, "invoices");
            var api = ApiClient.platform(scene.service());
            var invoice = company.books().create("Invoice");
            scene.receiver.answer(Reply.status(500));
            company.poll();
            await().atMost(SOON).until(() -> company.received().size() == 1);
            scene.clock.advance(Duration.ofMinutes(2));
            await().atMost(SOON).until(() -> api.get(QUEUED).json().size() == 1);
            scene.receiver.answerOk();
            for (int i = 0; i < 3; i++) {
                company.books().update("Invoice", invoice.id());
                scene.clock.advance(Duration.ofMinutes(1));
                company.poll();
            }
            scene.restart();

            await().atMost(SOON).until(() -> ApiClient.platform(scene.service()).get(QUEUED).json().size() == 4);
            var now = ApiClient.platform(scene.service());
            var first = now.get(QUEUED).json().get(0);
            assertThat(first.path("error").asText()).isEqualTo("answered 500");
            assertThat(first.at("/subscription/active").asBoolean(true)).isFalse();
            assertThat(first.at("/subscription/config/url").asText()).isEqualTo(scene.receiver.url() + "/" + company.realm());
            assertThat(now.get("/instances/" + company.id() + "/events?where=status='queued'").json()).hasSize(4);
            assertThat(company.received()).hasSize(2);

            var released = now.send("PUT", QUEUED + " and instanceId=" + company.id(), "");

            assertThat(released.status()).isEqualTo(200);
            assertThat(released.json()).hasSize(4);
            await().atMost(SOON).until(() -> company.received().size() == 6);
            assertThat(company.told()).containsExactly("invoices 1|0", "invoices 1|0", "invoices 1|0", "invoices 1|1",
                    "invoices 1|2", "invoices 1|3");
            await().atMost(SOON).until(() -> now.get(DELIVERIES).json().isEmpty());
            company.books().create("Invoice");
            company.poll();
            company.awaitAtLeastTold("invoices 2|0");
        }
    }

    @OnEachDatabase
    void sendsWhatWasKeptWhileItWasDisabledBeforeWhatComesAfter(TestDatabase database) {
        try (var scene = Scene.on(database, Webhook.SETTING, Scene.OWN_TIMERS)) {
            var company = scene.connect(Map.of("event.vendor.type", "webhook"));
            var enabled = "/instances/" + company.id() + "/enabled";
            var time = Instant.parse("2026-11-20T08:00:00Z");
            for (int invoice = 1; invoice <= 5; invoice++) {
                var id = "" + invoice;
                Telling.to(company).of("Invoice", id, "created", time).post();
                company.awaitAtLeastTold("invoices " + id);
                scene.service().call("DELETE", enabled, "");
                Telling.to(company).of("Invoice", id, "updated", time.plusSeconds(1)).post();
                scene.service().call("PUT", enabled, "");
                Telling.to(company).of("Invoice", id, "deleted", time.plusSeconds(2)).post();
            }

            await().atMost(SOON).until(() -> company.told().size() == 15);
            for (int invoice = 1; invoice <= 5; invoice++) {
                var id = "" + invoice;
                assertThat(company.received().stream().flatMap(each -> each.events().stream())
                        .filter(each -> each.objectId().equals(id)).map(ReceivedEvent::eventType))
                        .containsExactly("CREATED", "UPDATED", "DELETED");
            }
        }
    }

    /** Of many objects, which live would arrive side by side. */
    @Test
    void releasesWhatIsQueuedInItsOrder() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(Map.of("event.poller.start", "beginning", "event.notification.batch.size", "1"), "invoices");
            var api = ApiClient.platform(scene.service());
            company.books().create("Invoice", 30);
            scene.receiver.answer(Reply.status(410));
            company.poll();
            await().atMost(SOON).until(() -> api.get(QUEUED).json().size() == 30);
            int refused = company.received().size();
            scene.receiver.answerOk();

            api.send("PUT", QUEUED, "");

            await().atMost(SOON).until(() -> company.received().size() == refused + 30);
            var told = company.told();
            var queued = new ArrayList<String>();
            api.get("/instances/" + company.id() + "/events").json() // the newest first
                    .forEach(event -> queued.add(0, "invoices " + event.path("objectId").asText()));
            assertThat(told.subList(refused, told.size())).containsExactlyElementsOf(queued);
        }
    }

    @OnEachDatabase
    void letsNoStateOvertakeAnOlderOneOfItsObjectThatIsToBeTriedAgain(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=1h,1h")) {
            var company = scene.connect(ALL, "invoices");
            var first = company.books().create("Invoice");
            scene.receiver.answer(Reply.status(500));
            company.poll();
            await().atMost(SOON).until(() -> company.received().size() == 1);
            scene.receiver.answerOk();
            company.books().update("Invoice", first.id());
            company.books().create("Invoice");
            scene.clock.advance(Duration.ofMinutes(1));
            company.poll();
            company.books().create("Invoice");
            scene.clock.advance(Duration.ofMinutes(1));
            company.poll();

            company.awaitAtLeastTold("invoices 3|0"); // of another object: passes
            assertThat(company.told()).containsExactly("invoices 1|0", "invoices 3|0");
            scene.restart();
            company.books().create("Invoice");
            scene.clock.advance(Duration.ofMinutes(1));
            company.poll();
            company.awaitAtLeastTold("invoices 4|0");
            scene.clock.advance(Duration.ofHours(1));

            company.awaitAtLeastTold("invoices 1|1");
            assertThat(company.told()).containsExactlyInAnyOrder(
                    "invoices 1|0", "invoices 3|0", "invoices 4|0", "invoices 1|0", "invoices 1|1", "invoices 2|0");
            assertThat(company.told().lastIndexOf("invoices 1|0")).isLessThan(company.told().indexOf("invoices 1|1"));
        }
    }

    @Test
    void endsTheSubscriptionWhenTheReceiverIsGoneAndSendsOneEventOnRequest() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(ALL, "invoices");
            var api = ApiClient.platform(scene.service());
            company.books().create("Invoice");
            scene.receiver.answer(Reply.status(410));
            company.poll();
            await().atMost(SOON).until(() -> api.get(QUEUED).json().size() == 1);
            company.books().create("Invoice");
            company.poll();
            await().atMost(SOON).until(() -> api.get(QUEUED).json().size() == 2);
            scene.receiver.answerOk();
            var second = api.get(QUEUED).json().get(1).path("eventId").asText();

            assertThat(api.send("POST", "/instances/" + company.id() + "/events/" + second + "/redeliver", "").status()).isEqualTo(202);

            company.awaitAtLeastTold("invoices 2|0");
            assertThat(company.told()).containsExactly("invoices 1|0", "invoices 2|0");
            await().atMost(SOON).until(() -> api.get(QUEUED).json().size() == 1);
        }
    }

    @Test
    void findsWhatIsAskedFor() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(ALL, "invoices");
            var api = ApiClient.platform(scene.service());
            company.books().create("Invoice", 11);
            scene.receiver.answer(Reply.status(410));
            company.poll();
            await().atMost(SOON).until(() -> api.get(QUEUED).json().size() == 2);
            var url = scene.receiver.url() + "/" + company.realm();

            for (var nothing : List.of("channel='email'", "status='delivered'", "instanceId=1", "config.url='https://x'",
                    "createdDate<'2020-01-01'", "status='created'", "status='retry'")) {
                assertThat(api.get(DELIVERIES + "?where=" + nothing).json()).as(nothing).isEmpty();
            }
            for (var both : List.of("config.url='" + url + "'", "instanceId=" + company.id(), "createdDate>='2020-01-01'")) {
                assertThat(api.get(DELIVERIES + "?where=" + both).json()).as(both).hasSize(2);
            }
            var page = api.get(QUEUED + "&pageSize=1");
            assertThat(page.header("Elements-Total-Count")).hasValue("2");
            var rest = api.get(QUEUED + "&pageSize=1&nextPageToken=" + page.header("Elements-Next-Page-Token").orElseThrow());
            assertThat(rest.json().get(0)).isNotEqualTo(page.json().get(0));
            assertThat(rest.header("Elements-Next-Page-Token")).isEmpty();
            assertThat(api.send("PUT", DELIVERIES + "?where=status='retry'", "").message()).contains("Only what is queued");
            assertThat(api.get(DELIVERIES + "?where=a=1 or b=2").status()).isEqualTo(400);
            assertThat(api.send("PUT", QUEUED + " and createdDate<'2020-01-01'", "").json()).isEmpty();
            assertThat(api.get(QUEUED).json()).hasSize(2);
        }
    }
}
