// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import qboevents.simulator.Reply;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** What the API tells of events and their deliveries. */
class EventLogTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");

    @OnEachDatabase
    void tellsWhatBecameOfEachEvent(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=1h")) {
            var company = scene.connect(ALL, "invoices", "customers");
            var api = ApiClient.platform(scene.service());
            company.books().create("Invoice", 12);
            company.books().create("Customer");
            scene.receiver.answer(Reply.ok().withBody("text/plain", "taken"));
            company.poll();
            await().atMost(SOON).until(() -> count(api, company, "status='NOTIFIED'") == 13);
            scene.receiver.answer(Reply.status(500));
            company.books().create("Invoice");
            company.poll();
            await().atMost(SOON).until(() -> count(api, company, "status='dispatched'") == 1);

            var newest = list(api, company, "").get(0);

            assertThat(newest.path("status").asText()).isEqualTo("DISPATCHED");
            assertThat(newest.path("objectId").asText()).isEqualTo("13|0");
            assertThat(newest.path("objectType").asText()).isEqualTo("invoices");
            assertThat(newest.path("error").asText()).isEqualTo("answered 500");
            assertThat(newest.path("providerData").asText()).contains("\"Id\":\"13\"");
            assertThat(count(api, company, "resource='invoices' and objectId='3|0'")).isEqualTo(1);
            assertThat(count(api, company, "eventType!='CREATED'")).isZero();
            assertThat(count(api, company, "eventDate>='2020-01-01' and eventDate<'2021-01-01'")).isZero();
            assertThat(paged(api, company)).hasSize(14).doesNotHaveDuplicates();
            assertThat(api.get("/instances/" + company.id() + "/events?where=status='gone' and x=1").message())
                    .contains("status='gone' is not possible", "x='1' is not possible", "QUEUED");
        }
    }

    @OnEachDatabase
    void tellsEveryTryAndSendsAgainWhatAnOperatorAsksFor(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=1h,1h")) {
            var company = scene.connect(ALL, "invoices");
            var api = ApiClient.platform(scene.service());
            scene.receiver.answer(Reply.status(503).withBody("text/plain", "x".repeat(20_000)));
            company.books().create("Invoice");
            company.poll();
            await().atMost(SOON).until(() -> company.received().size() == 1);
            var eventId = company.received().get(0).json().at("/message/eventId").asText();
            await().atMost(SOON).until(() -> attempts(api, eventId).size() == 1);

            var failed = attempts(api, eventId).get(0);
            assertThat(failed.path("statusCode").asInt()).isEqualTo(503);
            assertThat(failed.path("error").asText()).isEqualTo("answered 503");
            assertThat(failed.path("answer").asText()).isEqualTo("x".repeat(16 * 1024));
            assertThat(failed.path("duration").asInt()).isBetween(0, 20_000);

            scene.receiver.answerOk();
            var asked = api.send("POST", "/instances/" + company.id() + "/events/" + eventId + "/redeliver", "");
            assertThat(asked.status()).isEqualTo(202);
            await().atMost(SOON).until(() -> attempts(api, eventId).size() == 2);
            assertThat(api.get("/instances/events/" + eventId).json().path("status").asText()).isEqualTo("NOTIFIED");

            api.send("POST", "/instances/" + company.id() + "/events/" + eventId + "/redeliver", "");
            await().atMost(SOON).until(() -> attempts(api, eventId).size() == 3);
            assertThat(company.received()).hasSize(3);
            assertThat(company.received()).extracting(each -> each.header("Elements-Webhook-Id").orElseThrow()).containsOnly(eventId);
            assertThat(company.received()).extracting(each -> each.text()).containsOnly(company.received().get(0).text());
        }
    }

    @Test
    void showsATokenItsOwnInstanceOnly() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var mine = scene.connect(ALL, "invoices");
            var other = scene.connect(ALL, "invoices");
            var api = ApiClient.platform(scene.service());
            other.books().create("Invoice");
            other.poll();
            await().atMost(SOON).until(() -> other.received().size() == 1);
            var eventId = other.received().get(0).json().at("/message/eventId").asText();
            var token = token(scene, api);

            assertThat(token.get("/instances/events/" + eventId).status()).isEqualTo(403);
            assertThat(token.get("/instances/" + other.id() + "/events/" + eventId).status()).isEqualTo(403);
            assertThat(api.get("/instances/" + mine.id() + "/events/" + eventId).status()).isEqualTo(404);
            assertThat(api.get("/instances/" + other.id() + "/events/" + eventId).json())
                    .isEqualTo(api.get("/instances/events/" + eventId).json());
            assertThat(token.get("/instances/" + other.id() + "/events").status()).isEqualTo(403);
            assertThat(token.send("POST", "/instances/" + other.id() + "/events/" + eventId + "/redeliver", "").status()).isEqualTo(403);
            assertThat(api.send("POST", "/instances/" + mine.id() + "/events/" + eventId + "/redeliver", "").status()).isEqualTo(404);
            assertThat(token.get("/instances/events").json()).isEmpty();
            assertThat(token.get("/instances/events/analytics").json().findValuesAsText("count")).containsOnly("0");
            assertThat(api.get("/instances/events/AAAAAAAAAAAAAAAAAAAA").status()).isEqualTo(404);
        }
    }

    private static ApiClient token(Scene scene, ApiClient api) {
        var created = scene.service().call("POST", "/instances", qboevents.testing.TestService.connecting(
                "77", scene.quickBooks.authorize("77"), scene.receiver.url(), Map.of())).json();
        return api.element(created.path("token").asText());
    }

    @OnEachDatabase
    void countsOverTime(TestDatabase database) {
        try (var scene = Scene.on(database)) {
            var company = scene.connect(ALL, "invoices");
            var api = ApiClient.platform(scene.service());
            company.books().create("Invoice", 3);
            company.poll();
            await().atMost(SOON).until(() -> count(api, company, "status='NOTIFIED'") == 3);
            scene.clock.advance(Duration.ofHours(2));
            company.books().create("Invoice", 2);
            company.poll();
            await().atMost(SOON).until(() -> count(api, company, "status='NOTIFIED'") == 5);

            var counts = api.get("/instances/events/analytics?interval=hour").json();

            assertThat(counts.findValues("count").stream().mapToInt(JsonNode::asInt).filter(n -> n > 0)).containsExactly(3, 2);
            assertThat(counts.findValues("NOTIFIED").stream().mapToInt(JsonNode::asInt).sum()).isEqualTo(5);
            assertThat(counts.findValues("CREATED").stream().mapToInt(JsonNode::asInt).sum()).isEqualTo(5);
            assertThat(counts).hasSizeBetween(24, 25);
            assertThat(api.get("/instances/events/analytics?interval=second&from=yesterday").message())
                    .contains("interval must be", "from must be a date");
            assertThat(api.get("/instances/events/analytics?from=2026-02-01&to=2026-01-01").status()).isEqualTo(400);
        }
    }

    private static List<JsonNode> attempts(ApiClient api, String eventId) {
        return list(api.get("/instances/events/" + eventId).json().path("attempts"));
    }

    /** -1: something came between the page and its total. */
    private static int count(ApiClient api, Company company, String where) {
        var answer = api.get("/instances/" + company.id() + "/events?where=" + where);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        int size = answer.json().size();
        return answer.header("Elements-Total-Count").orElseThrow().equals(Integer.toString(size)) ? size : -1;
    }

    private static List<JsonNode> list(ApiClient api, Company company, String query) {
        return list(api.get("/instances/" + company.id() + "/events" + query).json());
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<String> paged(ApiClient api, Company company) {
        var ids = new ArrayList<String>();
        var next = "";
        while (true) {
            var page = api.get("/instances/" + company.id() + "/events?pageSize=5" + next);
            assertThat(page.header("Elements-Total-Count")).hasValue("14");
            list(page.json()).forEach(each -> ids.add(each.path("id").asText()));
            if (page.header("Elements-Next-Page-Token").isEmpty()) {
                return ids;
            }
            next = "&nextPageToken=" + page.header("Elements-Next-Page-Token").get();
        }
    }
}
