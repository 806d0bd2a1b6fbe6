// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.journey.Webhook.event;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
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
    void putsAtMostTwentyIntoANotification(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect(LISTENING);
        var events = IntStream.range(0, 45).mapToObj(i -> event(company.realm(), "invoice.updated", "" + i, TIME));

        Webhook.of(events.toArray(String[]::new)).postTo(scene.service());

        company.awaitTold(IntStream.range(0, 45).mapToObj(i -> "invoices " + i).toList());
        assertThat(company.received()).extracting(each -> each.events().size()).containsExactlyInAnyOrder(20, 20, 5);
    }
}
