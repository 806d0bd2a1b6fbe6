// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.journey.Telling.awaitAllRead;
import static qboevents.journey.Telling.unread;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import qboevents.simulator.Call;
import qboevents.simulator.CdcFault;
import qboevents.simulator.MovableClock;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** A webhook names an object. Its record is read, so that poll and webhook tell the same, and both together tell it once. */
class WebhookRecordsTest {

    static final Map<String, String> HYBRID = Map.of("event.vendor.type", "hybrid");

    private static final Scenes SCENES = new Scenes(Webhook.SETTING);

    @AfterAll
    static void stop() {
        SCENES.close();
    }

    @OnEachDatabase
    void readsABurstOfSeveralEntitiesWithOneCall(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "customers", "invoices", "payments").poll();

        assertThat(callsForABurst(scene, company)).isEqualTo(new Calls(1, 0));
    }

    @OnEachDatabase
    void readsABurstWithOneQueryPerEntityAndTwoHundredIdsWhereThatIsWanted(TestDatabase database) {
        var scene = SCENES.on(database);
        var byQuery = new HashMap<>(HYBRID);
        byQuery.put("event.poller.strategy", "query");
        var company = scene.connect(byQuery, "customers", "invoices", "payments").poll();

        assertThat(callsForABurst(scene, company)).isEqualTo(new Calls(0, 4));
    }

    @OnEachDatabase
    void queriesForWhatTheOneCallDoesNotShow(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "customers", "invoices", "payments").poll();
        scene.quickBooks.cdc().failing("Invoice", CdcFault.system());

        assertThat(callsForABurst(scene, company)).isEqualTo(new Calls(1, 2));
        scene.quickBooks.cdc().clearFaults();
    }

    private record Calls(long cdc, long queries) {
        private static Calls of(Scene scene, Company company) {
            return new Calls(scene.quickBooks.calls().count(Call.Kind.CDC, company.realm()),
                    scene.quickBooks.calls().count(Call.Kind.QUERY, company.realm()));
        }

        private Calls since(Calls before) {
            return new Calls(cdc - before.cdc, queries - before.queries);
        }
    }

    private static Calls callsForABurst(Scene scene, Company company) {
        var books = company.books();
        var customers = new ArrayList<>(books.create("Customer", 40));
        customers.set(7, books.deactivate("Customer", "8"));
        var invoices = books.create("Invoice", 210);
        var payments = books.create("Payment", 50);
        var before = Calls.of(scene, company);
        var telling = Telling.to(company);
        customers.forEach(each -> telling.of(each, "updated"));
        invoices.forEach(each -> telling.of(each, "created"));
        payments.forEach(each -> telling.of(each, "created"));

        telling.post();

        var expected = new ArrayList<>(Company.words("customers", customers));
        expected.addAll(Company.words("invoices", invoices));
        expected.addAll(Company.words("payments", payments));
        company.awaitTold(expected);
        awaitAllRead(company);
        var calls = Calls.of(scene, company).since(before);
        assertThat(company.received()).allSatisfy(each -> {
            assertThat(each.events()).hasSizeBetween(1, 20);
            assertThat(raws(each.json())).extracting(raw -> raw.get("Id") + "|" + raw.get("SyncToken"))
                    .isEqualTo(each.events().stream().map(event -> '"' + event.objectId().replace("|", "\"|\"") + '"').toList());
            assertThat(each.json().at("/message/raw").has("pollDate")).isFalse();
        });

        company.poll();

        assertThat(company.told()).hasSize(300);
        return calls;
    }

    /** The notice of the state that a poll has told is dated later than the record, which cannot be read any more. */
    @OnEachDatabase
    void tellsOnceWhatAPollHasToldAndIsGoneSince(TestDatabase database) {
        try (var scene = Scene.on(database, Webhook.SETTING)) {
            var company = scene.connect(HYBRID, "invoices").poll();
            scene.clock.advance(Duration.ofSeconds(20));
            var invoice = company.books().create("Invoice");
            company.poll().awaitTold("invoices 1|0");
            scene.clock.advance(Duration.ofSeconds(3));
            company.books().delete("Invoice", "1");
            Telling.to(company).of("Invoice", "1", "created", invoice.lastUpdated().plusMillis(2300)).post();
            scene.clock.advance(Duration.ofSeconds(20)); // it is not waited for any longer
            awaitAllRead(company);
            company.books().create("Invoice");
            company.poll();

            company.awaitTold("invoices 1|0", "invoices 1", "invoices 2|0");
            Telling.to(company).of(company.books().create("Invoice"), "created").post();
            company.awaitAtLeastTold("invoices 3|0");
            assertThat(scene.service().get("/webhooks/quickbooks").json().get("told").asInt()).isEqualTo(1);
        }
    }

    @OnEachDatabase
    void readsTogetherWhatComesWhileItGathers(TestDatabase database) {
        try (var scene = Scene.at(MovableClock.at(Instant.now()), database, Webhook.SETTING, "events.webhook.gather=1s")) {
            var company = scene.connect(Map.of("event.vendor.type", "webhook", "event.webhook.hydrate", true));
            Telling.to(company).of(company.books().create("Invoice"), "created").post();
            scene.clock.advance(Duration.ofMillis(600));
            Telling.to(company).of(company.books().create("Invoice"), "created").post();
            scene.clock.advance(Duration.ofMillis(600));

            company.awaitTold("invoices 1|0", "invoices 2|0");

            assertThat(scene.quickBooks.calls().count(Call.Kind.QUERY)).isEqualTo(1);
        }
    }

    @OnEachDatabase
    void gathersLongerWhatNoOtherCallTellsOf(TestDatabase database) {
        try (var scene = Scene.at(MovableClock.at(Instant.now()), database, Webhook.SETTING, "events.webhook.gather=1s")) {
            var company = scene.connect(Map.of("event.vendor.type", "webhook", "event.webhook.hydrate", true));
            var before = Calls.of(scene, company);
            Telling.to(company)
                    .of(company.books().create("Invoice"), "created")
                    .of(company.books().create("Customer"), "created")
                    .of(company.books().create("TimeActivity"), "created")
                    .post();
            scene.clock.advance(Duration.ofSeconds(1));
            company.awaitTold("invoices 1|0", "customers 1|0");
            assertThat(Calls.of(scene, company).since(before)).isEqualTo(new Calls(1, 0));

            scene.clock.advance(Duration.ofSeconds(3));
            Telling.to(company).of(company.books().create("TimeActivity"), "created").post();
            scene.clock.advance(Duration.ofSeconds(1));

            company.awaitTold("invoices 1|0", "customers 1|0", "time-activities 1|0", "time-activities 2|0");
            assertThat(Calls.of(scene, company).since(before)).isEqualTo(new Calls(1, 1));
        }
    }

    @OnEachDatabase
    void readsAnImportWithAsFewCallsAsCanShowIt(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "customers", "invoices", "payments").poll();
        var before = Calls.of(scene, company);
        var telling = Telling.to(company);
        company.books().create("Customer", 450).forEach(each -> telling.of(each, "created"));
        company.books().create("Invoice", 450).forEach(each -> telling.of(each, "created"));
        company.books().create("Payment", 250).forEach(each -> telling.of(each, "created"));

        telling.post();

        awaitAllRead(company);
        assertThat(Calls.of(scene, company).since(before)).isEqualTo(new Calls(2, 0));
    }

    @OnEachDatabase
    void tellsNothingNewOfWhatWasPolledBefore(TestDatabase database) {
        var company = SCENES.on(database).connect(HYBRID, "invoices").poll();
        var invoice = company.books().create("Invoice");
        company.poll().awaitTold("invoices 1|0");

        Telling.to(company).of(invoice, "created").post();
        awaitAllRead(company);

        company.books().update("Invoice", "1");
        company.poll().awaitTold("invoices 1|0", "invoices 1|1");
    }

    @OnEachDatabase
    void tellsOnceWhatIntuitRepeats(TestDatabase database) {
        var company = SCENES.on(database).connect(HYBRID, "invoices").poll();
        var invoice = company.books().create("Invoice");
        Telling.to(company).of(invoice, "created").post();
        Telling.to(company).of(invoice, "created").post();
        assertThat(unread(company)).hasSizeLessThan(2);
        company.awaitTold("invoices 1|0");
        awaitAllRead(company);

        // As after a kill between the log and the end of the burst.
        Telling.to(company).of(invoice, "created").post();
        awaitAllRead(company);

        company.poll().awaitTold("invoices 1|0");
    }

    @OnEachDatabase
    void readsAnObjectOnceHoweverMuchWasToldOfIt(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(
                Map.of("event.vendor.type", "webhook", "event.webhook.hydrate", true, "event.notification.format", "cloudevents"));
        var created = company.books().create("Invoice");
        var voided = company.books().voidIt("Invoice", "1");
        var telling = Telling.to(company);
        telling.of(voided, "emailed");
        telling.of(voided, "voided");
        telling.of(created, "created");

        telling.post();

        company.awaitTold("invoices 1");
        assertThat(company.received().get(0).json().get("type").asText()).isEqualTo("quickbooks.invoices.voided");
        assertThat(company.received().get(0).json().at("/data/SyncToken").asText()).isEqualTo("1");
        assertThat(scene.quickBooks.calls().count(Call.Kind.QUERY, company.realm())).isEqualTo(1);
    }

    @OnEachDatabase
    void showsIntuitsElementWhereNoRecordIsWanted(TestDatabase database) {
        var company = SCENES.on(database).connect(
                Map.of("event.vendor.type", "hybrid", "event.webhook.hydrate", false), "invoices").poll();
        var created = company.books().create("Invoice");
        var updated = company.books().update("Invoice", "1");
        var telling = Telling.to(company);
        telling.of(updated, "emailed");
        telling.of(created, "created");

        telling.post();

        company.awaitTold("invoices 1|1");
        assertThat(raws(company.received().get(0).json())).hasSize(1)
                .allSatisfy(raw -> assertThat(raw.get("type").asText()).isEqualTo("qbo.invoice.emailed.v1"));
        company.poll().awaitTold("invoices 1|1");
    }

    @OnEachDatabase
    void holdsWhatIsToldOfADisabledInstance(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "invoices").poll();
        var other = scene.connect(HYBRID, "invoices").poll();
        scene.service().call("DELETE", "/instances/" + company.id() + "/enabled", "");
        Telling.to(company).of(company.books().create("Invoice"), "created").post();
        Telling.to(other).of(other.books().create("Invoice"), "created").post();
        other.awaitTold("invoices 1|0");
        assertThat(unread(company)).hasSize(1);

        scene.service().call("PUT", "/instances/" + company.id() + "/enabled", "");

        company.awaitTold("invoices 1|0");
    }

    @OnEachDatabase
    void forgetsWhatIsToldOfADeletedInstance(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(HYBRID, "invoices").poll();
        scene.service().call("DELETE", "/instances/" + company.id() + "/enabled", "");
        Telling.to(company).of(company.books().create("Invoice"), "created").post();
        assertThat(unread(company)).hasSize(1);

        scene.service().call("DELETE", "/instances/" + company.id(), "");

        assertThat(unread(company)).isEmpty();
    }

    private static List<JsonNode> raws(JsonNode notification) {
        var message = notification.get("message");
        var raws = new ArrayList<JsonNode>();
        message.get("raw").get(message.at("/events/0/objectType").asText()).forEach(raws::add);
        return raws;
    }
}
