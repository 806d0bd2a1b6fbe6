// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.Fault;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.ApiClient;
import qboevents.testing.Description;
import qboevents.testing.Description.Operation;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** {@code openapi.yaml}, the routes and what is answered say the same. */
class OpenApiTest {

    private static final String BASE = "/elements/api-v2";

    private static MovableClock clock;
    private static QuickBooksSimulator quickBooks;
    private static CallbackReceiver receiver;
    private static TestService service;
    private static ApiClient platform;
    private static Description description;

    @BeforeAll
    static void start() {
        clock = MovableClock.running();
        quickBooks = new QuickBooksSimulator(clock);
        receiver = new CallbackReceiver();
        service = TestService.start(TestDatabase.H2.freshUrl(), clock, quickBooks);
        platform = ApiClient.platform(service);
        description = new Description(platform.withoutAuthorization().get("/openapi").json());
    }

    @AfterAll
    static void stop() {
        service.close();
        receiver.close();
        quickBooks.close();
    }

    @Test
    void describesEveryRouteAndNothingElse() {
        var described = new TreeMap<String, String>();
        description.operations().stream().filter(each -> !each.members().has("x-route"))
                .forEach(each -> described.put(each.line(), each.route()));

        assertThat(described).as("in openapi.yaml: operationId is the route's id").isEqualTo(routes());
        assertThat(description.operations().stream().filter(each -> each.members().has("x-route")))
                .allMatch(each -> routes().entrySet().stream()
                        .anyMatch(route -> route.getValue().equals(each.route()) && each.line().startsWith(route.getKey() + "/")));
    }

    /** Route ids by method and path. */
    private static Map<String, String> routes() {
        var routes = new TreeMap<String, String>();
        service.bean(CamelContext.class).getRoutes().forEach(route -> {
            if (route.getEndpoint() instanceof PlatformHttpEndpoint endpoint) {
                Stream.of(endpoint.getHttpMethodRestrict().split(",")).forEach(method ->
                        routes.put(method + " " + endpoint.getPath().substring(BASE.length()), route.getRouteId()));
            }
        });
        return routes;
    }

    @Test
    void isWholeAndItsExamplesAreWhatItSays() {
        assertThat(description.deadReferences()).isEmpty();
        assertThat(description.falseExamples()).isEmpty();
        assertThat(description.operations()).allSatisfy(each -> {
            assertThat(each.members().path("summary").asText()).as(each.line()).isNotBlank();
            assertThat(parameters(each)).as(each.line()).containsAll(inPath(each.path()));
        });
        assertThat(description.document().findValuesAsText("operationId")).doesNotHaveDuplicates();
    }

    private static List<String> inPath(String path) {
        return Stream.of(path.split("/")).filter(part -> part.startsWith("{")).map(part -> part.replaceAll("[{}]", "")).toList();
    }

    private static List<String> parameters(Operation operation) {
        var ofPath = description.document().get("paths").get(operation.path()).path("parameters");
        return Stream.of(ofPath, operation.members().path("parameters"))
                .flatMap(all -> Stream.iterate(0, i -> i < all.size(), i -> i + 1).map(all::get))
                .map(each -> each.has("$ref") ? description.document().at(each.get("$ref").asText().substring(1)) : each)
                .map(each -> each.get("name").asText()).toList();
    }

    @Test
    void isServedWhereverItIsLookedFor() {
        var id = connect().get("id").asLong();

        assertThat(description.document().at("/servers/0/url").asText()).isEqualTo(BASE);
        assertThat(description.document().at("/components/schemas/ResourceName/examples").toString()).contains("\"vendor-credits\"");
        assertThat(platform.get("/instances/" + id + "/docs").json()).isEqualTo(description.document());
        assertThat(platform.get("/instances/" + id + "/openapi").json()).isEqualTo(description.document());
        assertThat(platform.get("/instances/999999/docs").status()).isEqualTo(404);
        assertThat(platform.withoutAuthorization().get("/instances/" + id + "/docs").status()).isEqualTo(401);
    }

    @Test
    void answersAsDescribed() {
        var created = connect();
        var id = created.get("id").asText();
        var token = platform.element(created.get("token").asText());
        var code = "{\"providerData\":{\"code\":\"" + quickBooks.authorize("46") + "\"}}";
        quickBooks.ledger("46").create("Invoice", 3);

        check(platform, "POST /instances", "/instances", TestService.connecting(
                "46", quickBooks.authorize("46"), receiver.url(), Map.of("event.poller.urls", "bills")), 200);
        check(platform, "POST /instances", "/instances", "{}", 400);
        check(platform, "POST /instances", "/instances", "{", 400);
        check(platform, "POST /instances", "/instances", "\"" + "x".repeat(8 * 1024 * 1024) + "\"", 413);
        check(platform, "GET /instances", "/instances?pageSize=1", "", 200);
        check(token, "GET /instances", "/instances", "", 200);
        check(platform, "GET /instances", "/instances?pageSize=x", "", 400);
        check(platform.withoutAuthorization(), "GET /instances", "/instances", "", 401);
        check(platform, "GET /instances/{id}", "/instances/" + id, "", 200);
        check(platform, "GET /instances/{id}", "/instances/0", "", 404);
        check(platform, "PATCH /instances/{id}", "/instances/" + id, code, 200);
        check(platform, "PATCH /instances/{id}", "/instances/" + id, "{\"name\":7}", 200);
        check(platform, "PUT /instances/{id}", "/instances/" + id, TestService.connecting(
                "46", quickBooks.authorize("46"), receiver.url(), Map.of("event.poller.urls", "bills")), 200);
        check(platform, "PUT /instances/{id}", "/instances/" + id, "{}", 400);
        check(platform, "GET /instances/{id}/configuration", "/instances/" + id + "/configuration", "", 200);
        check(platform, "POST /instances/{id}/poll", "/instances/" + id + "/poll?resource=bills", "", 202);
        check(platform, "POST /instances/{id}/poll", "/instances/" + id + "/poll?resource=bill", "", 400);
        check(platform, "GET /instances/{id}/event-poller-records", "/instances/" + id + "/event-poller-records", "", 200);
        check(token, "GET /instances/event-poller-records", "/instances/event-poller-records", "", 200);
        check(platform, "GET /elements/quickbooks/metadata", "/elements/quickbooks/metadata", "", 200);
        check(platform, "GET /elements/quickbooks/oauth/url", "/elements/quickbooks/oauth/url?apiKey=k&apiSecret=s&callbackUrl=https://me", "", 200);
        check(platform, "GET /elements/quickbooks/oauth/url", "/elements/quickbooks/oauth/url", "", 400);
        check(token, "GET /hubs/finance/{resource}", "/hubs/finance/invoices?pageSize=2", "", 200);
        check(token, "GET /hubs/finance/{resource}", "/hubs/finance/invoices", "", 200);
        check(token, "GET /hubs/finance/{resource}", "/hubs/finance/invoices?where=x", "", 400);
        check(token, "GET /hubs/finance/{resource}", "/hubs/finance/x", "", 404);
        check(token, "GET /hubs/finance/{resource}/{id}", "/hubs/finance/invoices/2", "", 200);
        check(token, "GET /hubs/finance/{resource}/{id}", "/hubs/finance/invoices/9", "", 404);
        check(platform, "GET /instances/{id}/events", "/instances/" + id + "/events", "", 200);
        check(platform, "GET /instances/{id}/events", "/instances/" + id + "/events?where=x", "", 400);
        check(token, "GET /instances/events", "/instances/events", "", 200);
        check(platform, "GET /instances/events/{eventId}", "/instances/events/x", "", 404);
        check(platform, "GET /instances/events/analytics", "/instances/events/analytics?interval=day", "", 200);
        check(platform, "GET /instances/events/analytics", "/instances/events/analytics?interval=x", "", 400);
        check(token, "GET /instances/{id}/events/analytics", "/instances/" + id + "/events/analytics?interval=day", "", 200);
        check(platform, "GET /instances/{id}/events/analytics", "/instances/" + id + "/events/analytics?interval=x", "", 400);
        check(platform, "POST /notifications/tests", "/notifications/tests", "{\"instanceId\":" + id + "}", 200);
        check(platform, "POST /notifications/tests", "/notifications/tests",
                "{\"configuration\":{\"event.notification.callback.url\":\"http://127.0.0.1:9/\"}}", 200);
        check(platform, "POST /notifications/tests", "/notifications/tests", "{}", 400);
        check(platform, "POST /notifications/tests", "/notifications/tests", "{\"instanceId\":1}", 404);
        check(platform, "GET /instances/{id}/reconciliation", "/instances/" + id + "/reconciliation", "", 200);
        check(platform, "GET /instances/{id}/reconciliation", "/instances/" + id + "/reconciliation?from=x", "", 400);
        check(platform, "GET /instances/{id}/reconciliation", "/instances/0/reconciliation", "", 404);
        check(token, "GET /instances/reconciliation", "/instances/reconciliation", "", 200);
        check(platform, "GET /notifications/numbers", "/notifications/numbers", "", 200);
        check(platform, "POST /instances/{id}/events/{eventId}/redeliver", "/instances/" + id + "/events/x/redeliver", "", 404);
        check(platform, "GET /notifications/subscriptions/deliveries", "/notifications/subscriptions/deliveries", "", 200);
        check(token, "PUT /notifications/subscriptions/deliveries", "/notifications/subscriptions/deliveries?where=x", "", 400);
        check(platform, "GET /routes", "/routes", "", 200);
        check(platform, "GET /quickbooks/calls", "/quickbooks/calls", "", 200);
        check(platform, "GET /quickbooks/calls", "/quickbooks/calls?month=2020-01", "", 200);
        check(platform, "GET /quickbooks/calls", "/quickbooks/calls?month=x", "", 400);
        check(token, "GET /instances/{id}/calls", "/instances/" + id + "/calls", "", 200);
        check(platform, "GET /instances/{id}/calls", "/instances/0/calls", "", 404);
        check(platform, "GET /operator-events", "/operator-events", "", 200);
        check(platform, "GET /operator-events", "/operator-events?kind=x", "", 400);
        check(platform, "GET /elements/quickbooks/oauth/token",
                "/elements/quickbooks/oauth/token?apiKey=k&apiSecret=s&callbackUrl=https://me", "", 400);
        check(platform, "GET /webhooks/quickbooks", "/webhooks/quickbooks", "", 200);
        check(platform, "GET /webhooks/quickbooks/unreadable", "/webhooks/quickbooks/unreadable", "", 200);
        check(platform, "GET /webhooks/quickbooks/unreadable/{id}", "/webhooks/quickbooks/unreadable/1", "", 404);
        check(platform, "POST /events/quickbooks", "/events/quickbooks", "[]", 503);
        check(platform, "POST /events/quickbooks/{instance}", "/events/quickbooks/MTAwMA==", "[]", 503);
        check(platform, "GET /elements/quickbooks/oauth/token", "/elements/quickbooks/oauth/token", "", 400);
        check(platform, "GET /operator-events", "/operator-events?kind=x", "", 400);
        check(token, "DELETE /instances/enabled", "/instances/enabled", "", 200);
        check(token, "GET /hubs/finance/{resource}", "/hubs/finance/invoices", "", 403);
        check(platform, "POST /instances/{id}/poll", "/instances/" + id + "/poll", "", 409);
        check(token, "PUT /instances/enabled", "/instances/enabled", "", 200);
        check(platform, "DELETE /instances/{id}/enabled", "/instances/" + id + "/enabled", "", 200);
        check(platform, "PUT /instances/{id}/enabled", "/instances/" + id + "/enabled", "", 200);
        quickBooks.fail(Fault.throttled().once());
        check(token, "GET /hubs/finance/{resource}", "/hubs/finance/invoices", "", 429);
        quickBooks.disconnect("46");
        clock.advance(Duration.ofMinutes(61));
        check(token, "GET /hubs/finance/{resource}/{id}", "/hubs/finance/invoices/1", "", 409);
        check(platform, "GET /instances/{id}", "/instances/" + id, "", 200);
        check(platform, "GET /operator-events", "/operator-events", "", 200);
        check(platform, "DELETE /instances/{id}", "/instances/" + id, "", 200);
    }

    private static JsonNode connect() {
        return platform.send("POST", "/instances", TestService.connecting("46", quickBooks.authorize("46"), receiver.url(),
                Map.of("event.poller.urls", "bills", "event.poller.refresh_interval", "1440"))).json();
    }

    private static void check(ApiClient client, String line, String path, String body, int status) {
        var answer = client.send(line.split(" ")[0], path, body);

        assertThat(answer.status()).as(line + " " + answer.text()).isEqualTo(status);
        assertThat(description.differences(line, answer)).isEmpty();
    }
}
