// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import qboevents.simulator.Reply;
import qboevents.testing.TestDatabase;

/** What arrives at a receiver, and that one receiver is no other's business. */
class DeliveryTest {

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2, "events.delivery.timeout=5s");
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @Test
    void sendsAtMostTenEventsOfOneResourceInANotification() {
        var company = scene.connect(Map.of("event.poller.start", "beginning"), "invoices", "customers");
        company.books().create("Invoice", 25);
        company.books().create("Customer", 3);

        company.poll();

        await().atMost(SOON).untilAsserted(() -> assertThat(company.told()).hasSize(28));
        assertThat(company.received()).extracting(each -> each.events().size()).containsExactlyInAnyOrder(10, 10, 5, 3);
        assertThat(company.received()).allSatisfy(each ->
                assertThat(each.events()).extracting("objectType").containsOnly(each.events().get(0).objectType()));
    }

    @Test
    void sendsWhatIsConfigured() {
        var company = scene.connect(Map.of(
                "event.poller.start", "beginning",
                "event.notification.callback.url", scene.receiver.url() + "/%2Fx?a=b%2Bc&x=%20",
                "event.notification.callback.headers", "{\"X-Tenant\":\"a b\",\"x-second\":\"2\"}",
                "event.notification.basic.username", "user",
                "event.notification.basic.password", "pa:ss"), "invoices");
        company.books().create("Invoice");

        company.poll();

        scene.receiver.await(SOON, receiver -> receiver.received().stream().anyMatch(each -> each.path().contains("%2Fx")));
        var received = scene.receiver.received().stream().filter(each -> each.path().contains("%2Fx")).findFirst().orElseThrow();
        assertThat(received.path()).isEqualTo("/callback/%2Fx?a=b%2Bc&x=%20");
        assertThat(received.header("X-Tenant")).contains("a b");
        assertThat(received.header("X-Second")).contains("2");
        assertThat(received.header("Authorization")).contains("Basic dXNlcjpwYTpzcw==");
        assertThat(received.header("Content-Type")).contains("application/json");
        assertThat(received.headers().keySet()).noneMatch(name -> name.startsWith("camel"));
    }

    @Test
    void holdsWhatIsOwedToADisabledInstanceAndSendsItLater() {
        var company = scene.connect(Map.of("event.poller.start", "beginning"), "invoices");
        company.books().create("Invoice");
        scene.receiver.answer(each -> each.path().endsWith("/" + company.realm()) ? Reply.status(500) : Reply.ok());
        company.poll();
        await().atMost(SOON).until(() -> company.received().size() == 1);
        scene.receiver.answerOk();

        scene.service().call("DELETE", "/instances/" + company.id() + "/enabled", "");
        scene.clock.advance(Duration.ofMinutes(1));
        var other = scene.connect(Map.of("event.poller.start", "beginning"), "invoices");
        other.books().create("Invoice");
        other.poll();
        other.awaitTold("invoices 1|0");
        assertThat(company.received()).hasSize(1);

        scene.service().call("PUT", "/instances/" + company.id() + "/enabled", "");
        await().atMost(SOON).until(() -> company.received().size() == 2);
    }

    @Test
    void deliversToOthersWhileAReceiverHangs() {
        var hanging = scene.connect(Map.of("event.poller.start", "beginning"), "invoices");
        var other = scene.connect(Map.of("event.poller.start", "beginning"), "invoices");
        scene.receiver.answer(each -> each.path().endsWith("/" + hanging.realm()) ? Reply.hang() : Reply.ok());
        hanging.books().create("Invoice", 1000);
        var made = other.books().create("Invoice", 200);
        hanging.poll();
        await().atMost(SOON).until(() -> hanging.received().size() >= 8);

        other.poll();

        other.awaitTold(Company.words("invoices", made));
        assertThat(hanging.received()).hasSizeLessThanOrEqualTo(16);
        scene.receiver.answerOk();
    }
}
