// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;
import static qboevents.journey.Telling.awaitAllRead;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.simulator.Reply;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** What is settled goes when its time is up, and nothing else does. */
class RetentionTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");

    /** Intuit comes again for hours with what it could not tell. */
    @OnEachDatabase
    void keepsForADayWhatAPollToldAndAWebhookMayTellYet(TestDatabase database) {
        try (var scene = Scene.on(database, Webhook.SETTING, "events.retention=1m")) {
            var company = scene.connect(WebhookRecordsTest.HYBRID, "invoices").poll();
            var polledOnly = scene.connect(ALL, "invoices");
            var invoice = company.books().create("Invoice");
            polledOnly.books().create("Invoice");
            company.poll().awaitTold("invoices 1|0");
            polledOnly.poll().awaitTold("invoices 1|0");
            scene.clock.advance(Duration.ofMinutes(20));
            company.poll();
            polledOnly.poll();
            await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
                scene.clock.advance(Duration.ofMinutes(11));
                return ids(scene, polledOnly).isEmpty();
            });
            Telling.to(company).of(invoice, "created").post();
            awaitAllRead(company);
            company.books().create("Invoice");
            company.poll();

            company.awaitTold("invoices 1|0", "invoices 2|0");
        }
    }

    @OnEachDatabase
    void removesWhatIsSettledWithItsAttemptsAndKeepsWhatIsOwed(TestDatabase database) {
        try (var scene = Scene.on(database, "events.retention=30d", "events.delivery.retry=90d")) {
            var settled = scene.connect(ALL, "invoices", "customers");
            var held = scene.connect(ALL, "invoices");
            var inRetry = scene.connect(ALL, "invoices");
            var gone = scene.connect(ALL, "invoices");
            settled.books().create("Invoice", 12);
            settled.books().create("Customer", 7);
            gone.books().create("Invoice", 3);
            settled.poll();
            gone.poll();
            await().atMost(SOON).until(() -> attempts(scene) == 4);
            scene.receiver.answer(Reply.status(500));
            inRetry.books().create("Invoice", 2);
            inRetry.poll();
            await().atMost(SOON).until(() -> inRetry.received().size() == 1);
            scene.receiver.answer(Reply.status(410));
            held.books().create("Invoice", 4);
            held.poll();
            await().atMost(SOON).until(() -> held.received().size() == 1);
            await().atMost(SOON).until(() -> attempts(scene) == 6);
            assertThat(scene.service().call("DELETE", "/instances/" + gone.id(), "").status()).isEqualTo(200);

            scene.clock.advance(Duration.ofDays(31));
            scene.receiver.answerOk();
            settled.books().create("Invoice");
            List.of(settled, held, inRetry).forEach(Company::poll);

            settled.awaitAtLeastTold("invoices 13|0");

            await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
                scene.clock.advance(Duration.ofMinutes(11)); // the next round, when the cursors have moved
                return events(scene) == 1 + 2 + 4;
            });
            await().atMost(SOON).until(() -> attempts(scene) == 3);
            assertThat(ids(scene, settled)).containsExactly("13|0");
            assertThat(ids(scene, held)).containsExactlyInAnyOrder("4|0", "3|0", "2|0", "1|0");
            assertThat(ids(scene, inRetry)).containsExactlyInAnyOrder("2|0", "1|0");
            ApiClient.platform(scene.service()).send("PUT",
                    "/notifications/subscriptions/deliveries?where=channel='webhook' and status='queued'", "");
            await().atMost(SOON).until(() -> held.told().size() == 8);
        }
    }

    @OnEachDatabase
    void keepsWhatAPollCouldTellAgain(TestDatabase database) {
        try (var scene = Scene.on(database, "events.retention=1s", "events.polling.overlap=1h")) {
            var company = scene.connect(ALL, "invoices");
            company.books().create("Invoice", 3);
            company.poll();
            await().atMost(SOON).until(() -> company.told().size() == 3);
            scene.clock.advance(Duration.ofMinutes(30));
            company.books().create("Invoice");
            company.poll();
            company.awaitTold("invoices 1|0", "invoices 2|0", "invoices 3|0", "invoices 4|0");
            scene.clock.advance(Duration.ofMinutes(45));
            company.poll();

            await().atMost(SOON).until(() -> {
                scene.clock.advance(Duration.ofMinutes(1)); // until the next round has begun
                return events(scene) == 1;
            });
            assertThat(ids(scene, company)).containsExactly("4|0");
            company.poll();
            assertThat(company.told()).hasSize(4);
        }
    }

    /** Time stands still but for the test, so each step can be looked at; and whoever reads the log meanwhile goes on. */
    @OnEachDatabase
    void removesAFewHundredAtATimeWhileTheLogIsRead(TestDatabase database) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (var scene = Scene.at(MovableClock.at(now), database, "events.retention=1s", "events.polling.overlap=0s",
                "events.delivery.retry=90d")) {
            var settled = scene.connect(ALL, "invoices");
            var inRetry = scene.connect(ALL, "invoices");
            var held = scene.connect(ALL, "invoices");
            settled.books().create("Invoice", 600);
            settled.poll();
            await().atMost(SOON).until(() -> attempts(scene) == 60);
            scene.receiver.answer(Reply.status(500));
            inRetry.books().create("Invoice", 2);
            inRetry.poll();
            await().atMost(SOON).until(() -> attempts(scene) == 61);
            scene.receiver.answer(Reply.status(410));
            held.books().create("Invoice", 4);
            held.poll();
            await().atMost(SOON).until(() -> attempts(scene) == 62);
            scene.clock.advance(Duration.ofMinutes(1));
            List.of(settled, held, inRetry).forEach(Company::poll); // what was told is behind the cursors now
            var api = ApiClient.platform(scene.service());
            var log = "/instances/" + settled.id() + "/events?pageSize=50";
            var reader = api.get(log);
            var oldest = oldest(api, log);
            var seen = new HashSet<>(reader.json().findValuesAsText("id"));

            int before = events(scene);
            assertThat(before).isEqualTo(600 + 2 + 4);
            for (var pause = Duration.ofMinutes(10); before > 6; pause = Duration.ofSeconds(1)) {
                int last = before;
                scene.clock.advance(pause);
                await().atMost(SOON).until(() -> events(scene) < last);
                before = events(scene);
                assertThat(last - before).as("in one step").isBetween(1, 500);
                assertThat(api.get(log).header("Elements-Total-Count")).hasValue(String.valueOf(Math.max(0, before - 6)));
                if (reader.header("Elements-Next-Page-Token").isPresent()) { // else all that is left was read
                    reader = api.get(log + "&nextPageToken=" + reader.header("Elements-Next-Page-Token").get());
                    assertThat(reader.status()).as(reader.text()).isEqualTo(200);
                    reader.json().findValuesAsText("id").forEach(id -> assertThat(seen.add(id)).as("once: " + id).isTrue());
                }
            }

            assertThat(seen).hasSizeGreaterThan(50);
            assertThat(api.get("/instances/events/" + oldest).status()).isEqualTo(404);
            assertThat(api.get("/instances/events/analytics").status()).isEqualTo(200);
            assertThat(attempts(scene)).isEqualTo(2);
            assertThat(ids(scene, inRetry)).hasSize(2);
            assertThat(ids(scene, held)).hasSize(4);
            assertThat(settled.told()).hasSize(600);
        }
    }

    private static String oldest(ApiClient api, String log) {
        var page = api.get(log);
        while (page.header("Elements-Next-Page-Token").isPresent()) {
            page = api.get(log + "&nextPageToken=" + page.header("Elements-Next-Page-Token").get());
        }
        var ids = page.json().findValuesAsText("id");
        return ids.get(ids.size() - 1);
    }

    /** Thirty milliseconds would be the end of the log. */
    @Test
    void startsWithNoNumberThatHasNoUnit() {
        try (var quickBooks = new QuickBooksSimulator(MovableClock.running())) {
            assertThatThrownBy(() -> TestService.start(
                    TestDatabase.H2.freshUrl(), MovableClock.running(), quickBooks, "events.retention=30"))
                    .rootCause().hasMessage("events.retention is 30, a number without a unit; write 30d for days, 30h, 30m or 30s for seconds");
        }
    }

    private static List<String> ids(Scene scene, Company company) {
        return ApiClient.platform(scene.service()).get("/instances/" + company.id() + "/events?pageSize=200").json()
                .findValuesAsText("objectId").stream().filter(each -> each.contains("|")).distinct().toList();
    }

    private static int events(Scene scene) {
        return count(scene, "event");
    }

    private static int attempts(Scene scene) {
        return count(scene, "attempt");
    }

    private static int count(Scene scene, String table) {
        return scene.service().bean(JdbcClient.class).sql("select count(*) from " + table).query(Integer.class).single();
    }
}
