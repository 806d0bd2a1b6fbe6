// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.Received;
import qboevents.simulator.Reply;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** What was not taken is sent again on the schedule, as the same notification, and never thrown away. */
class RetryTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");

    @OnEachDatabase
    void repeatsTheSameNotificationOnTheScheduleAndAfterARestart(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=1h,2h,4h")) {
            var company = polled(scene, Reply.status(500));
            awaitTries(company, 1);

            notYet(scene, company, Duration.ofMinutes(59), 1);
            scene.clock.advance(Duration.ofMinutes(2));
            awaitTries(company, 2);

            scene.restart();
            notYet(scene, company, Duration.ofMinutes(118), 2);
            scene.receiver.answerOk();
            scene.clock.advance(Duration.ofMinutes(3));
            awaitTries(company, 3);

            notYet(scene, company, Duration.ofHours(10), 3);
            assertThat(company.received()).extracting(RetryTest::identity).containsOnly(identity(company.received().get(0)));
            assertThat(company.received()).extracting(Received::text).containsOnly(company.received().get(0).text());
        }
    }

    @Test
    void waitsAsLongAsTheReceiverAsksFor() {
        try (var scene = Scene.on(TestDatabase.H2, "events.delivery.retry=1m,1m")) {
            var company = polled(scene, Reply.status(429).withRetryAfter("7200"));
            awaitTries(company, 1);
            scene.receiver.answerOk();

            notYet(scene, company, Duration.ofMinutes(119), 1);
            scene.clock.advance(Duration.ofMinutes(2));
            awaitTries(company, 2);
        }
    }

    @Test
    void keepsADeadLetterAfterTheLastTry() {
        try (var scene = Scene.on(TestDatabase.H2, "events.delivery.retry=1m")) {
            var company = polled(scene, Reply.status(500));
            awaitTries(company, 1);
            scene.clock.advance(Duration.ofMinutes(2));
            awaitTries(company, 2);

            await().atMost(SOON).untilAsserted(() -> assertThat(statuses(scene)).containsExactly("queued"));
            notYet(scene, company, Duration.ofDays(30), 2);
        }
    }

    @Test
    void triesNoMoreWhenTheReceiverIsGoneForGood() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = polled(scene, Reply.status(410));

            await().atMost(SOON).untilAsserted(() -> assertThat(statuses(scene)).containsExactly("queued"));
            assertThat(company.received()).hasSize(1);
        }
    }

    @Test
    void followsNoRedirect() {
        try (var scene = Scene.on(TestDatabase.H2, "events.delivery.retry=1m")) {
            var company = polled(scene, Reply.redirect(307, scene.receiver.url() + "/elsewhere"));
            awaitTries(company, 1);
            scene.receiver.answerOk();
            scene.clock.advance(Duration.ofMinutes(2));

            awaitTries(company, 2);

            assertThat(scene.receiver.received()).extracting(Received::path).noneMatch(each -> each.endsWith("/elsewhere"));
        }
    }

    private static Company polled(Scene scene, Reply reply) {
        var company = scene.connect(ALL, "invoices");
        company.books().create("Invoice", 3);
        scene.receiver.answer(reply);
        return company.poll();
    }

    private static void awaitTries(Company company, int tries) {
        await().atMost(SOON).untilAsserted(() -> assertThat(company.received()).hasSize(tries));
        await().atMost(SOON).until(() -> company.scene().service().bean(JdbcClient.class)
                .sql("select count(*) from attempt where delivery_id in (select delivery_id from event where instance_id = :id)")
                .param("id", company.id()).query(Long.class).single() == tries);
    }

    /** A canary that is delivered after the moment shows that the moment has passed. */
    private static void notYet(Scene scene, Company company, Duration later, int tries) {
        scene.clock.advance(later);
        var canary = scene.connect(ALL, "customers");
        canary.books().create("Customer");
        canary.poll();
        await().atMost(SOON).until(() -> !canary.received().isEmpty());
        assertThat(company.received()).hasSize(tries);
    }

    private static List<String> identity(Received received) {
        return List.of(
                received.header("Elements-Webhook-Id").orElseThrow(),
                received.json().at("/message/eventId").asText());
    }

    private static List<String> statuses(Scene scene) {
        return scene.service().bean(JdbcClient.class).sql("select status from delivery").query(String.class).list();
    }
}
