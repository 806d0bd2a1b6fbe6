// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;
import static qboevents.journey.Webhook.event;
import static qboevents.journey.Webhook.merge;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.provider.EventFormatProvider;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import qboevents.simulator.Received;
import qboevents.testing.TestDatabase;

/** What is sent as CloudEvents, read by the CloudEvents SDK. */
class CloudEventsTest {

    private static final String TIME = "2026-09-10T21:31:25.179851517Z";
    private static final Map<String, String> LISTENING =
            Map.of("event.vendor.type", "webhook", "event.notification.format", "cloudevents");
    private static final Map<String, String> POLLED =
            Map.of("event.poller.start", "beginning", "event.notification.format", "cloudevents");

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2, Webhook.SETTING);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static CloudEvent read(Received received) {
        var format = EventFormatProvider.getInstance().resolveFormat(received.header("Content-Type").orElseThrow());
        return format.deserialize(received.body());
    }

    private static String data(CloudEvent event) {
        return new String(event.getData().toBytes(), UTF_8);
    }

    @Test
    void tellTheStatesOfAnObjectInTheOrderOfTheirTimes() {
        var company = scene.connect(LISTENING);

        Webhook.of(event(company.realm(), "invoice.updated", "1", "2026-09-10T10:00:05Z"),
                event(company.realm(), "invoice.created", "1", "2026-09-10T10:00:00Z")).postTo(scene.service());

        await().atMost(SOON).untilAsserted(() -> assertThat(company.received()).hasSize(2));
        assertThat(company.received().stream().map(CloudEventsTest::read)).extracting(CloudEvent::getType)
                .containsExactly("quickbooks.invoices.created", "quickbooks.invoices.updated");
    }

    @Test
    void areValidForEveryWordThatATypeCanEndIn() {
        var company = scene.connect(LISTENING);
        var realm = company.realm();

        Webhook.of(event(realm, "invoice.created", "1", TIME), event(realm, "bill-payment.updated", "2", TIME),
                event(realm, "BillPayment.updated", "2", TIME), event(realm, "invoice.deleted", "3", TIME),
                event(realm, "invoice.void", "4", TIME), event(realm, "invoice.emailed", "5", TIME),
                event(realm, "invoice.reconciled", "6", TIME), merge(realm, "vendor", "7", "8", TIME)).postTo(scene.service());

        await().atMost(SOON).untilAsserted(() -> assertThat(company.received()).hasSizeGreaterThanOrEqualTo(8));
        assertThat(company.received()).extracting(CloudEventsTest::read)
                .extracting(each -> each.getType() + " " + each.getSubject()).containsExactlyInAnyOrder(
                        "quickbooks.invoices.created 1", "quickbooks.bill-payments.updated 2", "quickbooks.invoices.deleted 3",
                        "quickbooks.invoices.voided 4", "quickbooks.invoices.emailed 5", "quickbooks.invoices.unknown 6",
                        "quickbooks.vendors.merged 7", "quickbooks.vendors.deleted 8");
        assertThat(company.received()).allSatisfy(received -> {
            var event = read(received);
            assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
            assertThat(event.getId()).isEqualTo(received.header("Elements-Webhook-Id").orElseThrow());
            assertThat(event.getSource()).hasToString("/instances/" + company.id());
            assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-09-10T21:31:25Z"));
            assertThat(event.getDataContentType()).isEqualTo("application/json");
            assertThat(event.getExtensionNames()).isEmpty();
        });
    }

    @Test
    void carryTheRecordThatWasPolled() {
        var company = scene.connect(POLLED, "invoices");
        var made = company.books().create("Invoice");

        company.poll();

        await().atMost(SOON).until(() -> company.received().size() == 1);
        var event = read(company.received().get(0));
        assertThat(event.getType()).isEqualTo("quickbooks.invoices.created");
        assertThat(event.getSubject()).isEqualTo(made.id());
        assertThat(data(event)).startsWith("{").contains("\"Id\":\"" + made.id() + "\",\"SyncToken\":\"0\"");
    }

    @Test
    void carryIntuitsOwnWordsWhereOnlyAWebhookTold() {
        var company = scene.connect(LISTENING);
        var element = event(company.realm(), "invoice.deleted", "12", TIME);

        Webhook.of(element).postTo(scene.service());

        await().atMost(SOON).until(() -> company.received().size() == 1);
        assertThat(data(read(company.received().get(0)))).isEqualTo(element);
    }
}
