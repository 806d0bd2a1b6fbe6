// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;
import static qboevents.journey.Telling.awaitAllRead;
import static qboevents.journey.WebhookRecordsTest.HYBRID;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.MovableClock;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** What polls say was changed is compared with what webhooks told, and the ledger says how that came out. */
class ReconciliationTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String NUMBERS = "/notifications/numbers";

    /** For what is asked of one company. */
    private static final Scenes SCENES = new Scenes(ReconciliationTest::scene);

    @AfterAll
    static void stop() {
        SCENES.close();
    }

    @OnEachDatabase
    void countsWhatQuickBooksLostOfItsWebhooks(TestDatabase database) {
        try (var scene = scene(database)) {
            subscribe(scene);
            var company = scene.connect(HYBRID, "invoices", "bills").poll();
            var books = company.books();
            scene.quickBooks.webhooks().moods().losing(event -> Set.of("2", "3").contains(event.objectId()));
            books.create("Invoice", 5);
            books.create("Bill");
            company.awaitTold("invoices 1|0", "invoices 4|0", "invoices 5|0", "bills 1|0");
            assertThat(today(scene, company)).isEqualTo("both 0, recovered 0, webhook 4, lost 0");

            company.poll();
            company.awaitTold("invoices 1|0", "invoices 4|0", "invoices 5|0", "bills 1|0", "invoices 2|0", "invoices 3|0");
            company.poll(); // the same states again

            assertThat(today(scene, company)).isEqualTo("both 4, recovered 2, webhook 0, lost 0");
            assertThat(ledger(scene, company).get(0).get("resources").toString()).isEqualTo(
                    "[{\"resource\":\"bills\",\"both\":1,\"recoveredByPoll\":0,\"webhookOnly\":0,\"lost\":0},"
                            + "{\"resource\":\"invoices\",\"both\":3,\"recoveredByPoll\":2,\"webhookOnly\":0,\"lost\":0}]");
            assertThat(recovered(scene)).isEqualTo(2);
            scene.clock.advance(Duration.ofHours(25));
            assertThat(recovered(scene)).isZero();
        }
    }

    @OnEachDatabase
    void countsTwiceToldDeletionsWhicheverSideIsFirst(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "invoices").poll();
        var books = company.books();
        books.create("Invoice", 3);
        company.poll();
        company.awaitTold("invoices 1|0", "invoices 2|0", "invoices 3|0");
        scene.clock.advance(Duration.ofMinutes(1));
        var first = books.delete("Invoice", "1");
        books.delete("Invoice", "2");
        Telling.to(company).of(first, "deleted").post();
        company.poll();
        assertThat(today(scene, company)).isEqualTo("both 1, recovered 4, webhook 0, lost 0");
        assertThat(company.poll().told()).hasSize(5);

        Telling.to(company).of("Invoice", "2", "deleted", scene.clock.instant().minusSeconds(1)).post();

        assertThat(today(scene, company)).isEqualTo("both 2, recovered 3, webhook 0, lost 0");
        assertThat(company.told()).hasSize(5);
    }

    @OnEachDatabase
    void takesALateWebhookForWhatItTellsAlsoAfterARestart(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "invoices").poll();
        var created = company.books().create("Invoice");
        company.poll().awaitTold("invoices 1|0");
        scene.clock.advance(Duration.ofMinutes(1));
        var updated = company.books().update("Invoice", "1");
        company.poll().awaitTold("invoices 1|0", "invoices 1|1");
        scene.clock.advance(Duration.ofMinutes(1));
        var again = company.books().update("Invoice", "1");
        company.poll().awaitTold("invoices 1|0", "invoices 1|1", "invoices 1|2");
        assertThat(today(scene, company)).isEqualTo("both 0, recovered 3, webhook 0, lost 0");
        scene.restart();
        assertThat(today(scene, company)).isEqualTo("both 0, recovered 3, webhook 0, lost 0");

        Telling.to(company).of(created, "created").post();
        awaitAllRead(company);
        assertThat(today(scene, company)).as("the record read for it shows a later state").isEqualTo(
                "both 1, recovered 2, webhook 0, lost 0");
        Telling.to(company).of(created, "created").of(again, "updated").post();
        awaitAllRead(company);
        assertThat(today(scene, company)).isEqualTo("both 2, recovered 1, webhook 0, lost 0");
        Telling.to(company).of(updated, "emailed").post();
        awaitAllRead(company);

        assertThat(today(scene, company)).isEqualTo("both 3, recovered 0, webhook 0, lost 0");
        assertThat(company.told()).hasSize(3);
    }

    @OnEachDatabase
    void takesANoticeThatADeletionOvertookForWhatItTells(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "invoices").poll();
        var created = company.books().create("Invoice");
        company.poll().awaitTold("invoices 1|0");
        scene.clock.advance(Duration.ofMinutes(1));
        var deleted = company.books().delete("Invoice", "1");
        Telling.to(company).of(created, "created").of(deleted, "deleted").post();
        awaitAllRead(company);

        company.poll();

        assertThat(today(scene, company)).isEqualTo("both 2, recovered 0, webhook 0, lost 0");
    }

    @OnEachDatabase
    void leavesToWebhooksWhatNoPollCouldSee(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "invoices").poll();
        var created = company.books().create("Invoice");
        Telling.to(company).of(created, "created").post();
        company.awaitTold("invoices 1|0");
        scene.clock.advance(Duration.ofMinutes(1));
        Telling.to(company).of(company.books().update("Invoice", "1"), "updated").post();
        company.awaitTold("invoices 1|0", "invoices 1|1");

        company.poll();

        assertThat(today(scene, company)).isEqualTo("both 1, recovered 0, webhook 1, lost 0");
    }

    @OnEachDatabase
    void comparesOnlyWhatBothSidesWereToTell(TestDatabase database) {
        var scene = SCENES.on(database);
        var polled = scene.connect("invoices");
        polled.books().create("Invoice");
        polled.poll().awaitTold("invoices 1|0");
        var hybrid = scene.connectAfter(realm -> scene.quickBooks.ledger(realm).create("Invoice", 7),
                Map.of("event.vendor.type", "hybrid", "event.poller.start", "beginning"), "invoices");
        hybrid.poll();
        await().atMost(SOON).until(() -> hybrid.told().size() == 7);

        assertThat(today(scene, polled)).isEqualTo("both 0, recovered 0, webhook 0, lost 0");
        assertThat(today(scene, hybrid)).as("from before there was anybody to tell").isEqualTo(
                "both 0, recovered 0, webhook 0, lost 0");
    }

    @OnEachDatabase
    void keepsADaysCountsLongerThanItsEvents(TestDatabase database) {
        try (var scene = Scene.at(MovableClock.at(NOON), database, Webhook.SETTING, "events.retention=1d")) {
            var company = scene.connect(HYBRID, "invoices").poll();
            company.books().create("Invoice", 3);
            company.poll();
            await().atMost(SOON).until(() -> company.told().size() == 3);
            var day = LocalDate.ofInstant(scene.clock.instant(), ZoneOffset.UTC);
            scene.clock.advance(Duration.ofDays(28));
            company.poll();
            await().atMost(SOON).until(() -> {
                scene.clock.advance(Duration.ofMinutes(11));
                return api(scene).get("/instances/" + company.id() + "/events").json().isEmpty();
            });

            var ledger = ledger(scene, company);

            assertThat(ledger).hasSize(29);
            assertThat(ledger.get(28).get("date").asText()).isEqualTo(day.toString());
            assertThat(words(ledger.get(28))).isEqualTo("both 0, recovered 3, webhook 0, lost 0");
            assertThat(dates(scene, company, "?from=" + day.plusDays(2) + "&to=" + day.plusDays(3)))
                    .isEqualTo(day.plusDays(3) + " " + day.plusDays(2));
            var page = api(scene).get("/instances/" + company.id() + "/reconciliation?pageSize=28");
            assertThat(page.header("Elements-Total-Count")).contains("29");
            assertThat(dates(scene, company, "?nextPageToken=" + page.header("Elements-Next-Page-Token").orElseThrow())).isEqualTo(day.toString());
            scene.clock.advance(Duration.ofDays(5));
            assertThat(ledger(scene, company)).hasSize(31);
            await().atMost(SOON).until(() -> {
                scene.clock.advance(Duration.ofMinutes(11));
                return recoveredEver(scene) == 0;
            });
        }
    }

    private static Scene scene(TestDatabase database) {
        var clock = MovableClock.running();
        clock.set(NOON); // far from midnight
        return Scene.at(clock, database, Webhook.SETTING);
    }

    private static void subscribe(Scene scene) {
        scene.quickBooks.webhooks().subscribe(scene.service().base() + "/events/quickbooks", Webhook.TOKEN);
    }

    private static ApiClient api(Scene scene) {
        return ApiClient.platform(scene.service());
    }

    private static JsonNode ledger(Scene scene, Company company) {
        return api(scene).get("/instances/" + company.id() + "/reconciliation").json();
    }

    private static String today(Scene scene, Company company) {
        return words(ledger(scene, company).get(0));
    }

    private static String words(JsonNode day) {
        return "both %s, recovered %s, webhook %s, lost %s".formatted(
                day.get("both"), day.get("recoveredByPoll"), day.get("webhookOnly"), day.get("lost"));
    }

    private static String dates(Scene scene, Company company, String query) {
        var days = api(scene).get("/instances/" + company.id() + "/reconciliation" + query).json();
        return String.join(" ", days.findValuesAsText("date"));
    }

    private static int recovered(Scene scene) {
        return api(scene).get(NUMBERS).json().get("recoveredByPoll").asInt();
    }

    private static int recoveredEver(Scene scene) {
        return scene.service().bean(JdbcClient.class)
                .sql("select count(*) from reconciliation").query(Integer.class).single();
    }
}
