// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.budget.Budget;
import qboevents.budget.CallKind;
import qboevents.budget.Reason;
import qboevents.simulator.Call;
import qboevents.simulator.Fault;
import qboevents.simulator.MovableClock;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** Every call to QuickBooks is counted, and nobody makes more of them than there are. */
class BudgetTest {

    private static final Map<String, String> HYBRID = Map.of("event.vendor.type", "hybrid");
    private static final String CALLS = "/quickbooks/calls";

    /** The clock stands still: nothing is tried again before the test says so. */
    private static Scene on(TestDatabase database, String time, String... settings) {
        var all = new ArrayList<>(List.of(settings));
        all.add(Webhook.SETTING);
        return Scene.at(MovableClock.at(Instant.parse(time)), database, all.toArray(String[]::new));
    }

    private static JsonNode calls(Scene scene) {
        return scene.service().get(CALLS).json();
    }

    private static long count(JsonNode calls, String path) {
        return calls.at(path).asLong();
    }

    /** Reads through the API alone; each of its requests is a call to QuickBooks. */
    private static String reader(TestService service, Scene scene, String realm, Map<String, ?> configuration) {
        var keys = new HashMap<String, Object>(Map.of("event.notification.enabled", "false"));
        keys.putAll(configuration);
        return service.call("POST", "/instances", TestService.connecting(
                realm, scene.quickBooks.authorize(realm), scene.receiver.url(), keys)).json().get("token").asText();
    }

    private static ApiClient.Reply read(TestService service, String token) {
        return ApiClient.platform(service).element(token).get("/hubs/finance/bills");
    }

    /** When the webhooks' change that is not read yet is read. */
    private static Instant due(Company company) {
        return company.scene().service().bean(JdbcClient.class)
                .sql("select due_at from unread_change where instance_id = :id").param("id", company.id())
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant()).single();
    }

    private static List<String> told(Scene scene, String kind) {
        return scene.service().get("/operator-events?kind=" + kind).json().findValuesAsText("message");
    }

    @OnEachDatabase
    void countsEveryCallByWhatWasAskedAndWhy(TestDatabase database) {
        try (var scene = on(database, "2026-11-10T12:00:00Z")) {
            var company = scene.connect(HYBRID, "invoices").poll().poll();
            var other = scene.connect("bills").poll();
            Telling.to(company).of(company.books().create("Invoice"), "created").post();
            scene.clock.advance(Duration.ofSeconds(2));
            company.awaitTold("invoices 1|0");
            scene.quickBooks.fail(Fault.status(500).once());
            other.poll();
            scene.quickBooks.fail(Fault.unauthorized().once());
            other.poll();
            scene.quickBooks.fail(Fault.reset().once());
            other.poll();

            var all = calls(scene);

            assertThat(count(all, "/calls")).isEqualTo(scene.quickBooks.calls().api());
            assertThat(count(all, "/reasons/anchor/metered")).isEqualTo(2);
            assertThat(count(all, "/reasons/webhook/metered")).isEqualTo(1);
            assertThat(count(all, "/reasons/poll/metered")).isEqualTo(4);
            assertThat(count(all, "/reasons/poll/calls")).as("and a 500, a 401, none").isEqualTo(7);
            assertThat(count(all, "/kinds/query/calls")).as("anchors and a webhook's record").isEqualTo(3);
            assertThat(count(all, "/kinds/cdc/calls")).isEqualTo(7);
            assertThat(count(all, "/used")).isEqualTo(7).isEqualTo(scene.quickBooks.meter().count());
            assertThat(all.at("/days/0/day").asText()).isEqualTo("2026-11-10");
            var own = scene.service().get("/instances/" + company.id() + "/calls").json();
            assertThat(count(own, "/calls")).isEqualTo(scene.quickBooks.calls().count(Call.Kind.QUERY, company.realm())
                    + scene.quickBooks.calls().count(Call.Kind.CDC, company.realm()));
            assertThat(own.path("realmId").asText()).isEqualTo(company.realm());
            assertThat(all.at("/companies")).hasSize(2);
            var budget = scene.service().bean(Budget.class);
            assertThat(budget.calls(CallKind.CDC, Reason.POLL)).isEqualTo(7);
            assertThat(budget.metered(CallKind.CDC, Reason.POLL)).isEqualTo(4);
        }
    }

    @OnEachDatabase
    void metersNothingThatTheSandboxAnswers(TestDatabase database) {
        try (var scene = on(database, "2026-11-10T12:00:00Z", "quickbooks.budget.calls-per-month=2")) {
            var company = scene.connect(Map.of("use_sandbox", "true"), "invoices");
            company.poll().poll();

            var all = calls(scene);

            assertThat(count(all, "/calls")).isEqualTo(3);
            assertThat(count(all, "/used")).isZero();
            assertThat(all.at("/companies/0/sandbox").asBoolean()).isTrue();
        }
    }

    @OnEachDatabase
    void stopsPollsWhenTheReserveIsReachedAndTheRestWhenNothingIsLeftUntilTheMonthIsOver(TestDatabase database) {
        try (var scene = on(database, "2026-11-30T12:00:00Z",
                "quickbooks.budget.calls-per-month=8", "quickbooks.budget.reserve=0.5")) {
            var company = scene.connect(HYBRID, "invoices");
            var reader = reader(scene.service(), scene, "777", Map.of());
            company.poll().poll().poll(); // the first makes two calls
            var fine = company.pollerRecord("invoices");

            company.poll();

            var refused = company.pollerRecord("invoices");
            assertThat(scene.quickBooks.calls().api()).isEqualTo(4);
            assertThat(fine.lastError()).isEmpty();
            assertThat(refused.lastError()).contains("2026-11 are used up: 4 of 8", "2026-12-01");
            assertThat(refused.failures()).isZero();
            assertThat(refused.nextPoll().orElseThrow()).isBefore(Instant.parse("2026-11-30T13:00:00Z"));

            Telling.to(company).of(company.books().create("Invoice"), "created").post();
            scene.clock.advance(Duration.ofSeconds(2));
            company.awaitTold("invoices 1|0");
            assertThat(count(calls(scene), "/used")).isEqualTo(5);
            assertThat(calls(scene).path("state").asText()).isEqualTo("reserve");
            for (int calls = 6; calls <= 8; calls++) {
                assertThat(read(scene.service(), reader).status()).isEqualTo(200);
            }

            var busy = read(scene.service(), reader);
            assertThat(busy.status()).as(busy.text()).isEqualTo(429);
            assertThat(busy.message()).contains("8 of 8", "try again later");
            assertThat(busy.header("Retry-After")).hasValue("1800");
            Telling.to(company).of(company.books().create("Invoice"), "created").post();
            scene.clock.advance(Duration.ofSeconds(2));
            await().atMost(SOON).until(() -> due(company).isAfter(scene.clock.instant().plusSeconds(1700)));
            assertThat(calls(scene).path("state").asText()).isEqualTo("used-up");
            assertThat(told(scene, "budget-used-up")).hasSize(2).first().asString().contains("of 8", "2026-11", "2026-12-01");
            assertThat(scene.quickBooks.calls().api()).isEqualTo(8);

            scene.clock.set(Instant.parse("2026-12-01T00:31:00Z"));
            company.poll().awaitTold("invoices 1|0", "invoices 2|0");

            assertThat(read(scene.service(), reader).status()).isEqualTo(200);
            assertThat(company.pollerRecord("invoices").lastError()).isEmpty();
            assertThat(calls(scene).path("month").asText()).isEqualTo("2026-12");
            assertThat(count(calls(scene), "/used")).isEqualTo(scene.quickBooks.calls().api() - 8);
            assertThat(count(scene.service().get(CALLS + "?month=2026-11").json(), "/used")).isEqualTo(8);
        }
    }

    @OnEachDatabase
    void stopsACompanyAtItsOwnCeilingAndNoOther(TestDatabase database) {
        try (var scene = on(database, "2026-11-10T12:00:00Z",
                "quickbooks.budget.calls-per-month-and-company=3", "quickbooks.budget.reserve=0")) {
            var busy = scene.connect("invoices").poll().poll().poll();
            var quiet = scene.connect("invoices").poll();

            assertThat(busy.pollerRecord("invoices").lastError()).contains("3 of 3 for this company");
            assertThat(quiet.pollerRecord("invoices").lastError()).isEmpty();
            assertThat(scene.quickBooks.meter().count(busy.realm())).isEqualTo(3);
            calls(scene);
            assertThat(told(scene, "budget-used-up")).first().asString().contains("company " + busy.realm());
        }
    }

    @OnEachDatabase
    void warnsOnceWhenTheForecastPassesTheShareAndStretchesPolls(TestDatabase database) {
        try (var scene = on(database, "2026-11-01T12:00:00Z", "quickbooks.budget.calls-per-month=100")) {
            var company = scene.connect("invoices");
            var budget = scene.service().bean(Budget.class);
            assertThat(budget.stretch(company.realm(), false)).isEqualTo(1);
            company.poll().poll().poll();
            assertThat(count(calls(scene), "/forecast")).as("four calls a day at least").isCloseTo(122, within(2L));

            calls(scene);
            scene.clock.advance(Duration.ofHours(1));
            calls(scene);

            assertThat(told(scene, "budget-low")).singleElement().asString()
                    .contains("metered calls in 2026-11 of 100", "quickbooks.budget.calls-per-month");
            assertThat(calls(scene).path("state").asText()).isEqualTo("low");
            assertThat(budget.stretch(company.realm(), false)).as("three polls a day; 86 calls for 29 days, one a day for others").isBetween(1.5, 1.65);
            assertThat(budget.stretch(company.realm(), true)).isEqualTo(1);
            company.poll();
            calls(scene);
            assertThat(budget.stretch(company.realm(), false)).isGreaterThan(2);
            assertThat(budget.forecast()).isGreaterThan(140);
        }
    }

    @OnEachDatabase
    void keepsItsCountsOverARestart(TestDatabase database) {
        try (var scene = on(database, "2026-11-10T12:00:00Z", "quickbooks.budget.calls-per-month=100")) {
            scene.connect("invoices").poll().poll();
            scene.restart();

            var budget = scene.service().bean(Budget.class);

            assertThat(budget.used()).isEqualTo(3);
            assertThat(count(calls(scene), "/calls")).isEqualTo(3);
            assertThat(budget.calls(CallKind.CDC, Reason.POLL)).as("of this process").isZero();
        }
    }

    @Test
    void addsUpWhatTwoNodesAskAndTellsOnce() {
        var database = TestDatabase.POSTGRESQL.freshUrl();
        var settings = new String[] {"quickbooks.budget.calls-per-month=10"};
        try (var scene = Scene.onDatabase(database, settings);
                var second = TestService.start(database, scene.serviceClock(), scene.quickBooks,
                        "events.node=second", "quickbooks.budget.calls-per-month=10")) {
            var token = reader(scene.service(), scene, "778", Map.of());
            for (int calls = 0; calls < 4; calls++) {
                assertThat(read(scene.service(), token).status()).isEqualTo(200);
                assertThat(read(second, token).status()).isEqualTo(200);
            }
            await().atMost(SOON).until(() -> count(calls(scene), "/used") == 8);
            await().atMost(SOON).until(() -> second.bean(Budget.class).used() == 8);

            assertThat(read(second, token).status()).isEqualTo(200);
            assertThat(read(second, token).status()).isEqualTo(200);
            assertThat(read(second, token).status()).isEqualTo(429);
            await().atMost(SOON).until(() -> scene.service().bean(Budget.class).used() == 10);
            assertThat(read(scene.service(), token).status()).isEqualTo(429);

            second.get(CALLS);
            calls(scene);
            assertThat(told(scene, "budget-used-up")).filteredOn(each -> each.contains("10 metered calls")).hasSize(1);
            assertThat(scene.quickBooks.calls().api()).isEqualTo(10);
        }
    }

    @Test
    void asksLessAndLessWhenEveryCallIsOneTooMany() {
        try (var scene = on(TestDatabase.H2, "2026-11-10T12:00:00Z")) {
            var company = scene.connect("invoices").poll();
            scene.quickBooks.fail(Fault.throttled().forRealm(company.realm()));
            for (int polls = 0; polls < 5; polls++) {
                company.poll();
                scene.clock.advance(Duration.ofSeconds(61));
            }
            var asked = scene.quickBooks.calls().api();

            company.poll();

            assertThat(scene.quickBooks.calls().api()).isEqualTo(asked);
            assertThat(company.pollerRecord("invoices").lastError()).contains("429 to 5 calls in a row");
            assertThat(company.pollerRecord("invoices").failures()).isEqualTo(5);
            calls(scene);
            assertThat(told(scene, "throttled")).singleElement().asString().contains(company.realm());
        }
    }
}
