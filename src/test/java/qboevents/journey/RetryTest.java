// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.Received;
import qboevents.simulator.Reply;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** What was not taken is sent again on the schedule, as the same notification, and never thrown away. */
class RetryTest {

    private static final Duration A_MOMENT = Duration.ofSeconds(2); // between the end of a try and the decision about it
    private static final Duration A_TICK = Duration.ofSeconds(4); // with time for a busy machine
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

    /** @param delays after each failed try, in seconds; {@code jitter} is the share of it that chance may add */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "standard        | 5 30 120 600 1800 3600 10800 21600 43200 86400 86400 | 0.1",
        "cloud-elements  | 4 16 64 256 1024 4096 16384 65536 262144             | 0",
        "open-connectors | 8 64 512 4096 32768                                  | 0",
        "7s,1m,2d        | 7 60 172800                                          | 0"})
    void followsItsScheduleToItsEnd(String schedule, String delays, double jitter) {
        try (var scene = Scene.on(TestDatabase.H2, "events.delivery.retry=" + schedule)) {
            var company = polled(scene, Reply.status(500));
            int tries = 0;
            for (var delay : delays.split(" ")) {
                awaitTries(company, ++tries);
                var waits = Duration.between(lastTryEnded(scene), nextTry(scene));
                var least = Duration.ofSeconds(Long.parseLong(delay));
                assertThat(waits).as("after try %d", tries)
                        .isBetween(least, least.plusMillis((long) (least.toMillis() * jitter)).plus(A_MOMENT));
                scene.clock.advance(waits);
            }

            awaitTries(company, tries + 1);
            await().atMost(SOON).untilAsserted(() -> assertThat(statuses(scene)).containsExactly("queued"));
        }
    }

    @Test
    void waitsInRealTime() {
        try (var scene = Scene.on(TestDatabase.H2, "events.delivery.retry=standard", Scene.OWN_TIMERS)) {
            scene.receiver.answer(Reply.status(500), 1);
            var company = scene.connect(ALL, "invoices");
            company.books().create("Invoice");
            company.poll();
            awaitTries(company, 2);

            var waited = Duration.between(company.received().get(0).at(), company.received().get(1).at());
            assertThat(waited).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5500).plus(A_TICK));
            await().atMost(SOON).until(() -> statuses(scene).isEmpty());
        }
    }

    private static Instant nextTry(Scene scene) {
        return jdbc(scene).sql("select next_attempt_at from delivery").query(OffsetDateTime.class).single().toInstant();
    }

    private static Instant lastTryEnded(Scene scene) {
        return jdbc(scene).sql("select started_at, duration_ms from attempt order by started_at desc limit 1")
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant().plusMillis(row.getInt(2))).single();
    }

    private static JdbcClient jdbc(Scene scene) {
        return scene.service().bean(JdbcClient.class);
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
        return jdbc(scene).sql("select status from delivery").query(String.class).list();
    }
}
