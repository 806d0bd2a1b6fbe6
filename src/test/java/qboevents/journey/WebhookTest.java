// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;
import static qboevents.journey.Webhook.event;
import static qboevents.journey.Webhook.merge;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import qboevents.simulator.Received;
import qboevents.simulator.ReceivedEvent;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** From Intuit's POST to the receiver. */
class WebhookTest {

    private static final String TIME = "2026-09-10T21:31:25.179851517Z";
    private static final Map<String, String> LISTENING = Map.of("event.vendor.type", "webhook");

    private static final Scenes SCENES = new Scenes(Webhook.SETTING);

    @AfterAll
    static void stop() {
        SCENES.close();
    }

    private static String base64(long id) {
        return Base64.getEncoder().encodeToString(Long.toString(id).getBytes(UTF_8));
    }

    private static List<String> types(Company company) {
        return company.received().stream().flatMap(each -> each.events().stream())
                .map(each -> each.objectType() + " " + each.objectId() + " " + each.eventType()).toList();
    }

    @OnEachDatabase
    void tellsTheReceiverWhatCloudEventsTell(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(LISTENING);
        var element = event(company.realm(), "invoice.created", "12", TIME);

        assertThat(Webhook.of(element).postTo(scene.service())).isEqualTo(200);

        company.awaitTold("invoices 12");
        var received = company.received().get(0);
        assertThat(received.text()).contains("\"raw\":{\"invoices\":[" + element + "],\"objectType\":\"invoices\"}")
                .contains("\"date\":\"2026-09-10T21:31:25Z\"", "\"eventType\":\"CREATED\"")
                .doesNotContain("pollDate");
    }

    @OnEachDatabase
    void tellsTheReceiverWhatTheLegacyFormTells(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(LISTENING);
        var element = "{\"name\":\"Invoice\",\"id\":\"12\",\"operation\":\"Update\",\"lastUpdated\":\"2015-10-05T14:42:19-0700\"}";
        var body = "{\"eventNotifications\":[{\"realmId\":\"" + company.realm() + "\",\"dataChangeEvent\":{\"entities\":[" + element + "]}}]}";

        assertThat(Webhook.ofBody(body).with("Content-Type", "text/plain").postTo(scene.service())).isEqualTo(200);

        company.awaitTold("invoices 12");
        assertThat(company.received().get(0).text())
                .contains("\"invoices\":[" + element + "]", "\"date\":\"2015-10-05T21:42:19Z\"", "\"eventType\":\"UPDATED\"");
    }

    @OnEachDatabase
    void tellsTheStatesOfAnObjectInTheOrderOfTheirTimes(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(LISTENING);
        var updated = event(company.realm(), "invoice.updated", "1", "2026-09-10T10:00:05Z");
        var created = event(company.realm(), "invoice.created", "1", "2026-09-10T10:00:00Z");

        Webhook.of(updated, created).postTo(scene.service());

        company.awaitTold("invoices 1", "invoices 1");
        assertThat(types(company)).containsExactly("invoices 1 CREATED", "invoices 1 UPDATED");
        assertThat(company.received().get(0).text()).contains("\"raw\":{\"invoices\":[" + created + "," + updated + "]");
    }

    @OnEachDatabase
    void tellsTheNextStateOfAnObjectWhoseLastOneWasDatedInTheFuture(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(Map.of("event.vendor.type", "hybrid"), "invoices").poll();
        var invoice = company.books().create("Invoice");
        company.poll().awaitTold(Company.word("invoices", invoice));

        Webhook.of(event(company.realm(), "invoice.deleted", invoice.id(), "9998-01-01T00:00:00Z")).postTo(scene.service());
        company.awaitTold(Company.word("invoices", invoice), "invoices " + invoice.id());
        scene.clock.advance(Duration.ofMinutes(1));
        var updated = company.books().update("Invoice", invoice.id());

        company.poll().awaitTold(Company.word("invoices", invoice), "invoices " + invoice.id(), Company.word("invoices", updated));
        assertThat(company.received().get(1).text()).contains("\"date\":\"" + scene.clock.instant().toString().substring(0, 4));
    }

    @OnEachDatabase
    void putsAtMostTwentyIntoANotificationEachWithItsElementInOrder(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(LISTENING);
        var events = IntStream.range(0, 145).mapToObj(i -> event(company.realm(), "invoice.updated", "" + i, TIME)).toList();

        Webhook.of(events.toArray(String[]::new)).postTo(scene.service());

        company.awaitTold(IntStream.range(0, 145).mapToObj(i -> "invoices " + i).toList());
        assertThat(company.received()).extracting(each -> each.events().size()).containsOnly(20, 5).hasSize(8);
        for (var received : company.received()) {
            var ids = received.events().stream().map(ReceivedEvent::objectId).toList();
            assertThat(received.text()).contains("\"invoices\":["
                    + String.join(",", ids.stream().map(id -> events.get(Integer.parseInt(id))).toList()) + "]");
            assertThat(ids).isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
        }
    }

    @OnEachDatabase
    void tellsWhatWasDoneInTheFourWords(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(LISTENING);
        var realm = company.realm();

        Webhook.of(
                event(realm, "invoice.CREATED", "1", TIME), event(realm, "INVOICE.updated", "2", TIME),
                event(realm, "invoice.deleted", "3", TIME), event(realm, "invoice.emailed", "4", TIME),
                event(realm, "invoice.void", "5", TIME), event(realm, "invoice.reconciled", "6", TIME),
                merge(realm, "invoice", "7", "8", TIME), event(realm, "hologram.created", "9", TIME),
                event(realm, "invoice.updated", "10", "no time at all"), event(realm, "invoice.updated", "11", "0001-01-01T00:00:00Z"),
                event(realm, "invoice.updated", "12", "9998-12-31T23:59:59.999999999-18:00")).postTo(scene.service());

        await().atMost(SOON).untilAsserted(() -> assertThat(types(company)).hasSizeGreaterThanOrEqualTo(11));
        assertThat(types(company)).containsExactly(
                "invoices 1 CREATED", "invoices 2 UPDATED", "invoices 3 DELETED", "invoices 4 UPDATED", "invoices 5 UPDATED",
                "invoices 6 UNKNOWN", "invoices 7 UPDATED", "invoices 8 DELETED", "invoices 10 UPDATED", "invoices 11 UPDATED",
                "invoices 12 UPDATED");
    }

    @OnEachDatabase
    void tellsWhatWasDoneInIntuitsWordsAsCloudEvents(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(Map.of("event.vendor.type", "webhooks", "event.notification.format", "cloudevents"));
        var realm = company.realm();
        var voided = event(realm, "invoice.voided", "1", TIME);

        Webhook.of(voided, event(realm, "bill.emailed", "2", TIME), event(realm, "vendor.odd", "3", TIME),
                merge(realm, "customer", "4", "5", TIME)).postTo(scene.service());

        await().atMost(SOON).untilAsserted(() -> assertThat(company.received()).hasSizeGreaterThanOrEqualTo(5));
        assertThat(company.received()).extracting(each -> each.json().get("type").asText()).containsExactlyInAnyOrder(
                "quickbooks.invoices.voided", "quickbooks.bills.emailed", "quickbooks.vendors.unknown",
                "quickbooks.customers.merged", "quickbooks.customers.deleted");
        assertThat(company.received()).extracting(Received::text).anySatisfy(text -> assertThat(text)
                .contains("\"subject\":\"1\",\"time\":\"2026-09-10T21:31:25Z\"", "\"data\":" + voided));
    }

    @OnEachDatabase
    void tellsNothingTwiceWhenIntuitSendsItAgain(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(LISTENING);
        var webhook = Webhook.of(event(company.realm(), "invoice.created", "1", TIME), event(company.realm(), "bill.created", "1", ""));

        var before = scene.service().get("/webhooks/quickbooks").json();

        assertThat(webhook.postTo(scene.service())).isEqualTo(200);
        assertThat(webhook.postTo(scene.service())).isEqualTo(200);
        var after = scene.service().get("/webhooks/quickbooks").json();
        Webhook.of(event(company.realm(), "invoice.created", "2", TIME)).postTo(scene.service());

        company.awaitTold("invoices 1", "bills 1", "invoices 2");
        assertThat(after.get("told").asLong()).isEqualTo(before.get("told").asLong() + 2);
        assertThat(after.get("repeated").asLong()).isEqualTo(before.get("repeated").asLong() + 2);
    }

    @OnEachDatabase
    void tellsEachCompanyItsOwn(TestDatabase database) {
        var scene = SCENES.on(database);
        var one = scene.connect(LISTENING);
        var two = scene.connect(LISTENING);
        var polling = scene.connect();

        assertThat(Webhook.of(event(one.realm(), "invoice.created", "1", TIME), event(two.realm(), "invoice.created", "2", TIME),
                event(polling.realm(), "invoice.created", "3", TIME), event("nobody", "invoice.created", "4", TIME),
                event(one.realm(), "bill.created", "5", TIME)).postTo(scene.service())).isEqualTo(200);

        one.awaitTold("invoices 1", "bills 5");
        two.awaitTold("invoices 2");
        assertThat(polling.told()).isEmpty();
    }

    @OnEachDatabase
    void tellsOnlyTheInstanceThatThePathNames(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(LISTENING);
        var twin = scene.receiver.url() + "/twin-of-" + company.realm();
        scene.service().connect(scene.quickBooks, company.realm(), twin, LISTENING);
        var path = "/" + base64(company.id());

        for (var each : List.of(path, path + "/", path.replace("=", "%3D"), path.replace("=", ""))) {
            var webhook = Webhook.of(event(company.realm(), "invoice.created", each, TIME)).to(each);
            assertThat(webhook.postTo(scene.service())).as(each).isEqualTo(200);
        }
        Webhook.of(event(company.realm(), "invoice.created", "all", TIME)).to("/").postTo(scene.service());

        await().atMost(SOON).untilAsserted(() -> assertThat(company.told()).hasSize(5));
        await().atMost(SOON).untilAsserted(() -> assertThat(scene.receiver.received())
                .filteredOn(each -> twin.endsWith(each.path())).flatExtracting(Received::events)
                .extracting(ReceivedEvent::objectId).containsExactly("all"));
    }

    @OnEachDatabase
    void holdsWhatIsForADisabledInstanceAndTellsItLater(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(LISTENING);
        var other = scene.connect(LISTENING);
        scene.service().call("DELETE", "/instances/" + company.id() + "/enabled", "");

        assertThat(Webhook.of(event(company.realm(), "invoice.created", "1", TIME), event(other.realm(), "invoice.created", "2", TIME))
                .postTo(scene.service())).isEqualTo(200);
        other.awaitTold("invoices 2");
        assertThat(company.told()).isEmpty();

        scene.service().call("PUT", "/instances/" + company.id() + "/enabled", "");
        company.awaitTold("invoices 1");
    }

    @OnEachDatabase
    void tellsTheRestAndKeepsWhatNobodyCanRead(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(LISTENING);
        var bad = "{\"type\":\"qbo.invoice.created.v1\",\"for\":\"" + company.realm() + "\"}";

        assertThat(Webhook.of(event(company.realm(), "invoice.created", "1", TIME), bad,
                event(company.realm(), "invoice.created", "2", TIME)).postTo(scene.service())).isEqualTo(200);

        company.awaitTold("invoices 1", "invoices 2");
        assertThat(scene.service().get("/webhooks/quickbooks/unreadable").json().get(0).get("beginning").asText()).isEqualTo(bad);
    }
}
