// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;
import static qboevents.journey.Telling.awaitAllRead;
import static qboevents.journey.Telling.unread;
import static qboevents.journey.WebhookRecordsTest.HYBRID;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.database.SqlTime;
import qboevents.simulator.Call;
import qboevents.simulator.Fault;
import qboevents.simulator.Received;
import qboevents.simulator.ReceivedEvent;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** Whatever happens between Intuit's word and the record: the change is told, once, and nothing that came later is undone. */
class WebhookRecordsInTroubleTest {

    /** So long an object that is not shown is asked for, in steps of five seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(16);

    private static final Scenes SCENES = new Scenes(Webhook.SETTING);

    @AfterAll
    static void stop() {
        SCENES.close();
    }

    @OnEachDatabase
    void tellsWhatIntuitToldOfWhatIsGoneMeanwhile(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "invoices").poll();
        var invoice = company.books().create("Invoice");
        company.books().delete("Invoice", "1");
        var before = calls(company);
        Telling.to(company).of(invoice, "created").post();
        awaitCalls(company, before + 1);
        assertThat(company.told()).isEmpty();

        scene.clock.advance(PATIENCE);
        company.awaitTold("invoices 1");
        awaitAllRead(company);

        Telling.to(company).of(invoice, "created").post();
        scene.clock.advance(PATIENCE);
        awaitAllRead(company);
        assertThat(company.told()).containsExactly("invoices 1");
        company.poll().awaitTold("invoices 1", "invoices 1");
        assertThat(company.received()).flatExtracting(Received::events).extracting(ReceivedEvent::eventType)
                .containsExactly("CREATED", "DELETED");
    }

    @OnEachDatabase
    void tellsNoStateAfterItsDeletion(TestDatabase database) {
        var company = SCENES.on(database).connect(HYBRID, "invoices").poll();
        var updated = company.books().update("Invoice", company.books().create("Invoice").id());
        Telling.to(company).of(updated, "deleted").post();
        var before = calls(company);

        Telling.to(company).of(updated, "updated").post();
        awaitAllRead(company);

        company.awaitTold("invoices 1");
        assertThat(calls(company)).isEqualTo(before);
    }

    @OnEachDatabase
    void tellsNothingMoreOfWhatWasPolledBeforeItWasGone(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "invoices").poll();
        var invoice = company.books().create("Invoice");
        company.poll().awaitTold("invoices 1|0");
        company.books().delete("Invoice", "1");
        var before = calls(company);

        Telling.to(company).of(invoice, "created").post();
        awaitCalls(company, before + 1);
        scene.clock.advance(PATIENCE);
        awaitAllRead(company);

        company.awaitTold("invoices 1|0");
    }

    @OnEachDatabase
    void waitsForWhatQuickBooksShowsLate(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "invoices").poll();
        var shown = company.books().create("Invoice");
        scene.clock.advance(Duration.ofMinutes(1));
        var later = scene.clock.instant();
        var before = calls(company);
        Telling.to(company).of("Invoice", shown.id(), "updated", later).of("Invoice", "2", "created", later).post();
        awaitCalls(company, before + 1);
        assertThat(company.told()).isEmpty();

        company.books().update("Invoice", "1");
        company.books().create("Invoice");
        scene.clock.advance(Duration.ofSeconds(6));

        company.awaitTold("invoices 1|1", "invoices 2|0");
    }

    @OnEachDatabase
    void asksAgainWithTheNextForWhatIsShownLate(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "customers", "invoices").poll();
        var customer = company.books().create("Customer");
        var before = calls(company);
        Telling.to(company)
                .of(customer, "created")
                .of("Invoice", "1", "created", customer.lastUpdated().plusMillis(300))
                .post();
        company.awaitTold("customers 1|0");
        assertThat(calls(company)).isEqualTo(before + 1);

        company.books().create("Invoice");
        scene.clock.advance(Duration.ofSeconds(5));

        company.awaitTold("customers 1|0", "invoices 1|0");
        assertThat(calls(company)).isEqualTo(before + 2);
    }

    @OnEachDatabase
    void asksNoMoreForWhatIsDeletedMeanwhile(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "customers", "invoices").poll();
        var customer = company.books().create("Customer");
        var invoice = company.books().create("Invoice");
        var deleted = company.books().delete("Invoice", "1");
        var before = calls(company);
        Telling.to(company).of(customer, "created").of(invoice, "created").post();
        company.awaitTold("customers 1|0");
        Telling.to(company).of(deleted, "deleted").post();
        scene.clock.advance(Duration.ofSeconds(6));
        scene.clock.advance(PATIENCE);

        awaitAllRead(company);
        company.awaitTold("customers 1|0", "invoices 1");
        assertThat(calls(company)).isEqualTo(before + 1);
    }

    @OnEachDatabase
    void readsLaterWhenQuickBooksIsDown(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "customers", "invoices").poll();
        var fault = scene.quickBooks.fail(Fault.status(503).forRealm(company.realm()));
        var before = calls(company);
        Telling.to(company)
                .of(company.books().create("Invoice"), "created")
                .of(company.books().create("Customer"), "created")
                .post();
        awaitError(company, "503");
        assertThat(calls(company)).as("calls to a company that does not answer").isEqualTo(before + 1);

        fault.clear();
        assertThat(company.told()).isEmpty();
        scene.clock.advance(Duration.ofSeconds(11));

        company.awaitTold("invoices 1|0", "customers 1|0");
    }

    @OnEachDatabase
    void asksNothingWhileItIsThrottled(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "invoices").poll();
        var fault = scene.quickBooks.fail(Fault.throttled().withRetryAfter("90").forRealm(company.realm()));
        Telling.to(company).of(company.books().create("Invoice"), "created").post();
        awaitError(company, "429");
        fault.clear();
        var asked = calls(company);
        scene.clock.advance(Duration.ofSeconds(60));
        Telling.to(company).of(company.books().create("Invoice"), "created").post();
        awaitWhatAnotherIsTold(scene);
        assertThat(calls(company)).isEqualTo(asked);

        scene.clock.advance(Duration.ofSeconds(31));

        company.awaitTold("invoices 1|0", "invoices 2|0");
    }

    @OnEachDatabase
    void holdsNothingUpForARecordThatQuickBooksCannotShow(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "invoices").poll();
        scene.quickBooks.fail(Fault.poisoned("Invoice", "5").forRealm(company.realm()));
        var invoices = company.books().create("Invoice", 20);
        var telling = Telling.to(company);
        invoices.forEach(each -> telling.of(each, "created"));

        telling.post();

        var readable = invoices.stream().filter(each -> !each.id().equals("5")).toList();
        await().atMost(SOON).untilAsserted(() -> {
            scene.clock.advance(Duration.ofSeconds(30));
            assertThat(company.told()).hasSize(readable.size());
        });
        assertThat(company.told()).containsExactlyInAnyOrderElementsOf(Company.words("invoices", readable));
        awaitError(company, "10000");
        assertThat(unread(company)).hasSize(1);
    }

    @OnEachDatabase
    void takesOverWhatANodeWasReadingWhenItDied(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "invoices").poll();
        var jdbc = scene.service().bean(JdbcClient.class);
        scene.quickBooks.fail(Fault.status(500).forRealm(company.realm()).once());
        Telling.to(company).of(company.books().create("Invoice"), "created").post();
        awaitError(company, "500");
        jdbc.sql("update unread_change set claim = 1, leased_by = 'dead', due_at = ? where instance_id = ?")
                .param(SqlTime.utc(scene.clock.instant().plusSeconds(60)))
                .param(company.id())
                .update();
        scene.clock.advance(Duration.ofSeconds(30));
        Telling.to(company).of(company.books().create("Invoice"), "created").post();
        awaitWhatAnotherIsTold(scene);
        assertThat(unread(company)).hasSize(2);

        scene.clock.advance(Duration.ofSeconds(31));

        company.awaitTold("invoices 1|0", "invoices 2|0");
    }

    @OnEachDatabase
    void goesOnAfterARestart(TestDatabase database) {
        try (var scene = Scene.on(database, Webhook.SETTING, Scene.OWN_TIMERS)) {
            var company = scene.connect(HYBRID, "invoices").poll();
            var fault = scene.quickBooks.fail(Fault.status(500));
            Telling.to(company).of(company.books().create("Invoice"), "created").post();
            awaitError(company, "500");
            fault.clear();

            scene.restart();
            scene.clock.advance(Duration.ofSeconds(11));

            company.awaitTold("invoices 1|0");
        }
    }

    /** Twice: the first of it may be told before anything else of the same second. */
    private static void awaitWhatAnotherIsTold(Scene scene) {
        var other = scene.connect(HYBRID, "invoices").poll();
        Telling.to(other).of(other.books().create("Invoice"), "created").post();
        other.awaitTold("invoices 1|0");
        Telling.to(other).of(other.books().create("Invoice"), "created").post();
        other.awaitTold("invoices 1|0", "invoices 2|0");
    }

    private static long calls(Company company) {
        var calls = company.scene().quickBooks.calls();
        return calls.count(Call.Kind.QUERY, company.realm()) + calls.count(Call.Kind.CDC, company.realm());
    }

    private static void awaitCalls(Company company, long number) {
        await().atMost(SOON).until(() -> calls(company) >= number);
    }

    private static void awaitError(Company company, String words) {
        await().atMost(SOON).untilAsserted(() -> assertThat(unread(company)).anyMatch(each -> each.contains(words)));
    }
}
