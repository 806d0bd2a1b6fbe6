// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qboevents.simulator.Received;
import qboevents.simulator.Reply;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** A range of what was delivered is sent once more. */
class ReplayTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");
    private static final String REPLAYS = "/notifications/replays";

    @OnEachDatabase
    void countsInADryRunAndRepeatsUnderTheSameIdsWhatIsInTheRange(TestDatabase database) {
        try (var scene = Scene.on(database)) {
            var company = scene.connect(ALL, "invoices", "customers");
            var api = ApiClient.platform(scene.service());
            company.books().create("Invoice", 12);
            company.books().create("Customer", 3);
            company.poll();
            await().atMost(SOON).until(() -> delivered(api, company) == 15);
            var between = scene.clock.instant().plusSeconds(60);
            scene.clock.advance(Duration.ofMinutes(2));
            company.books().create("Invoice");
            company.poll();
            await().atMost(SOON).until(() -> delivered(api, company) == 16);
            var asked = "{\"instanceId\":" + company.id() + ",\"resource\":\"invoices\",\"to\":\"" + between + "\",\"dryRun\":";
            var before = company.received();

            var dry = api.send("POST", REPLAYS, asked + "true}");
            assertThat(dry.status()).as(dry.text()).isEqualTo(200);
            assertThat(dry.json().path("total").asInt()).isEqualTo(12);
            assertThat(api.get(REPLAYS).json()).isEmpty();
            var started = api.send("POST", REPLAYS, asked + "false}");
            assertThat(started.status()).as(started.text()).isEqualTo(202);
            var id = started.json().path("id").asText();
            await().atMost(SOON).until(() -> state(api, id).equals("done") && company.received().size() == before.size() + 2);

            var repeated = company.received().subList(before.size(), before.size() + 2);
            var firsts = before.stream().filter(each -> each.text().contains("invoices")).limit(2).toList();
            assertThat(repeated).extracting(Received::text).containsExactlyInAnyOrderElementsOf(
                    firsts.stream().map(Received::text).toList());
            assertThat(ids(repeated)).containsExactlyInAnyOrderElementsOf(ids(firsts));
            assertThat(api.get(REPLAYS + "/" + id).json().path("done").asInt()).isEqualTo(12);
            assertThat(delivered(api, company)).isEqualTo(16);
        }
    }

    @OnEachDatabase
    void goesOnAfterARestartAndLetsNewEventsPass(TestDatabase database) {
        try (var scene = Scene.on(database)) {
            var company = scene.connect(ALL, "invoices", "customers");
            company.books().create("Invoice", 200);
            company.poll();
            await().atMost(SOON).until(() -> delivered(ApiClient.platform(scene.service()), company) == 200);
            var started = ApiClient.platform(scene.service()).send("POST", REPLAYS, "{\"instanceId\":" + company.id() + "}");
            assertThat(started.json().path("total").asInt()).as(started.text()).isEqualTo(200);
            var id = started.json().path("id").asText();
            await().atMost(SOON).until(() -> company.received().size() >= 22);

            scene.restart();
            var api = ApiClient.platform(scene.service());
            company.books().create("Customer");
            company.poll("customers");
            company.awaitAtLeastTold("customers 1|0");
            assertThat(state(api, id)).isEqualTo("running");

            await().atMost(SOON).until(() -> state(api, id).equals("done"));
            await().atMost(SOON).until(() -> delivered(api, company) == 201);
            assertThat(api.get(REPLAYS + "/" + id).json().path("done").asInt()).isEqualTo(200);
            assertThat(company.received()).hasSizeBetween(41, 43); // what was being sent may be sent again
            assertThat(ids(company.received()).stream().distinct()).hasSize(21);
        }
    }

    @Test
    void refusesWhatCannotBeReplayedAndEndsOnRequest() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(ALL, "invoices");
            var api = ApiClient.platform(scene.service());
            company.books().create("Invoice", 60);
            company.poll();
            await().atMost(SOON).until(() -> delivered(api, company) == 60);

            assertThat(api.send("POST", REPLAYS, "{\"instanceId\":\"x\",\"resource\":\"invoice\",\"from\":\"soon\",\"status\":\"QUEUED\","
                            + "\"dryRun\":\"yes\",\"where\":1}").message())
                    .contains("where is not known", "instanceId must be", "resource must be one of", "from must be a date",
                            "status must be NOTIFIED", "dryRun must be");
            assertThat(api.send("POST", REPLAYS, "{\"instanceId\":99}").status()).isEqualTo(404);
            assertThat(api.get(REPLAYS + "/7").status()).isEqualTo(404);
            var id = api.send("POST", REPLAYS, "{\"instanceId\":" + company.id() + "}").json().path("id").asText();
            assertThat(api.send("DELETE", REPLAYS + "/" + id, "").json().path("state").asText()).isEqualTo("cancelled");
            scene.receiver.answer(Reply.status(410));
            company.books().create("Invoice");
            company.poll();
            await().atMost(SOON).until(() ->
                    api.send("POST", REPLAYS, "{\"instanceId\":" + company.id() + "}").status() == 409);
        }
    }

    private static int delivered(ApiClient api, Company company) {
        return Integer.parseInt(api.get("/instances/" + company.id() + "/events?where=status='NOTIFIED'")
                .header("Elements-Total-Count").orElseThrow());
    }

    private static String state(ApiClient api, String id) {
        return api.get(REPLAYS + "/" + id).json().path("state").asText();
    }

    private static List<String> ids(List<Received> received) {
        return received.stream().map(each -> each.header("Elements-Webhook-Id").orElseThrow()).toList();
    }
}
