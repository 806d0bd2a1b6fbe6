// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.Reply;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** What is watched by a machine: health and meters, and who may look. */
class ObservabilityTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");
    private static final String READ = "polling_polls_seconds_count{outcome=\"read\",resource=\"invoices\"}";

    private static ApiClient machine(TestService service) {
        return new ApiClient(service.base().replace("/elements/api-v2", ""), ApiClient.platform(service).authorization());
    }

    private static double meter(ApiClient machine, String series) {
        return machine.get("/actuator/prometheus").text().lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst().orElse(-1);
    }

    /** A balancer that asks for it must not take the node out. */
    @Test
    void saysOfARouteThatSomebodyHasStoppedThatItNeedsAttention() throws Exception {
        try (var scene = Scene.on(TestDatabase.H2)) {
            scene.service().bean(CamelContext.class).getRouteController().stopRoute("bills");

            var health = machine(scene.service()).get("/actuator/health");

            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().at("/status").asText()).isEqualTo("ATTENTION");
            assertThat(health.json().at("/components/routes/details/stopped/0").asText()).isEqualTo("bills");
        }
    }

    @Test
    void leadsBackToAProxyWithTls() throws Exception {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var asked = HttpRequest.newBuilder(URI.create(scene.service().base().replace("/elements/api-v2", "/")))
                    .header("X-Forwarded-Proto", "https").header("X-Forwarded-Host", "events.mycoolapp.com").build();

            var answer = HttpClient.newHttpClient().send(asked, BodyHandlers.discarding());

            assertThat(answer.headers().firstValue("Location")).contains("https://events.mycoolapp.com/console/login");
        }
    }

    @OnEachDatabase
    void metersWhatIsPolledKeptAndDelivered(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=90d")) {
            var machine = machine(scene.service());
            var company = scene.connect(ALL, "invoices");
            company.books().create("Invoice", 12);
            company.poll();
            await().atMost(SOON).until(() -> meter(machine, "delivery_attempts_seconds_count{outcome=\"delivered\"}") == 2);

            assertThat(meter(machine, READ)).isEqualTo(1);
            assertThat(meter(machine, "polling_records_total{resource=\"invoices\"}")).isEqualTo(12);
            assertThat(meter(machine, "event_changes_total{outcome=\"kept\",source=\"poll\"}")).isEqualTo(12);
            assertThat(meter(machine, "delivery_latency_seconds_count")).isEqualTo(2);
            assertThat(meter(machine, "event_commits_callers_total")).isGreaterThanOrEqualTo(1);
            await().atMost(SOON).until(() -> meter(machine, "instance_connected") == 1);
            int leases = database == TestDatabase.H2 ? 0 : 1; // alone with its database, nobody needs one
            await().atMost(SOON).until(() -> meter(machine, "delivery_lanes") == leases); // some seconds old
            assertThat(meter(machine, "workers_active{kind=\"poll\"}")).isZero();
            assertThat(meter(machine, "webhook_posts_total{outcome=\"refused\"}")).isZero();
        }
    }

    @OnEachDatabase
    void tellsWhatIsOwedAndHowOldItIsAlsoWhileItIsHeld(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=90d")) {
            var machine = machine(scene.service());
            var slow = scene.connect(ALL, "invoices");
            var gone = scene.connect(ALL, "invoices");
            scene.receiver.answer(Reply.status(500));
            slow.books().create("Invoice");
            slow.poll();
            await().atMost(SOON).until(() -> meter(machine, "delivery_attempts_seconds_count{outcome=\"retried\"}") == 1);
            scene.receiver.answer(Reply.status(410));
            gone.books().create("Invoice");
            gone.poll();
            scene.clock.advance(Duration.ofHours(1));

            await().atMost(SOON).until(() -> meter(machine, "delivery_owed{state=\"dead\"}") == 1);

            assertThat(meter(machine, "delivery_owed{state=\"retry\"}")).isEqualTo(1);
            assertThat(meter(machine, "delivery_oldest_age_seconds{state=\"retry\"}")).isBetween(3600.0, 3700.0);
            assertThat(meter(machine, "delivery_oldest_age_seconds{state=\"due\"}")).isZero();
            var health = machine.get("/actuator/health");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().at("/status").asText()).isEqualTo("ATTENTION");
            assertThat(health.json().at("/components/delivery/status").asText()).isEqualTo("ATTENTION");
            assertThat(health.json().at("/components/delivery/details/dead").asInt()).isEqualTo(1);
        }
    }

    @OnEachDatabase
    void countsWhatWaitsBehindARefusingReceiverAsItsRetries(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=90d")) {
            var machine = machine(scene.service());
            var slow = scene.connect(ALL, "invoices");
            scene.receiver.answer(Reply.status(500));
            slow.books().create("Invoice", 600);
            slow.poll();
            await().atMost(SOON).until(() -> meter(machine, "delivery_attempts_seconds_count{outcome=\"retried\"}") >= 4);
            scene.clock.advance(Duration.ofHours(1));

            assertThat(statuses(scene)).hasSize(60).contains("due", "retry");
            await().atMost(SOON).until(() -> meter(machine, "delivery_owed{state=\"retry\"}") == 60);
            assertThat(meter(machine, "delivery_owed{state=\"due\"}")).isZero();
            assertThat(meter(machine, "delivery_oldest_age_seconds{state=\"due\"}")).isZero();
            assertThat(meter(machine, "delivery_oldest_age_seconds{state=\"retry\"}")).isBetween(3600.0, 3700.0);
        }
    }

    private static List<String> statuses(Scene scene) {
        return scene.service().bean(JdbcClient.class).sql("select status from delivery").query(String.class).list();
    }

    @Test
    void namesNoInstanceAndNoCompanyInAnySeries() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(ALL, "invoices");
            company.books().create("Invoice");
            company.poll();
            var machine = machine(scene.service());
            machine.send("GET", "/elements/api-v2/instances/" + company.id(), "");
            await().atMost(SOON).until(() -> meter(machine, READ) == 1);

            var series = machine.get("/actuator/prometheus").text();

            assertThat(series).doesNotContain("\"" + company.id() + "\"").doesNotContain("/" + company.id());
            assertThat(ourTags(series)).isSubsetOf(Set.of("resource", "outcome", "source", "state", "kind", "le"));
        }
    }

    private static Set<String> ourTags(String series) {
        return series.lines()
                .filter(line -> line.matches("(polling|event|webhook|delivery|instance|workers)_.*\\{.*"))
                .flatMap(line -> Pattern.compile("(\\w+)=\"").matcher(line).results().map(found -> found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void leavesWebhooksToTheirOwnCountsAndMeasuresOtherCallsByTheirPattern() {
        try (var scene = Scene.on(TestDatabase.H2, Webhook.SETTING)) {
            var machine = machine(scene.service());
            var company = scene.connect(Map.of("event.vendor.type", "webhook"));
            Webhook.of(Webhook.event(company.realm(), "invoice.created", "12", "2026-09-10T21:31:25Z")).postTo(scene.service());
            company.awaitTold("invoices 12");
            scene.service().get("/instances/" + company.id());

            var series = machine.get("/actuator/prometheus").text();

            assertThat(meter(machine, "webhook_posts_total{outcome=\"received\"}")).isEqualTo(1);
            assertThat(meter(machine, "event_changes_total{outcome=\"kept\",source=\"webhook\"}")).isEqualTo(1);
            assertThat(series.lines().filter(line -> line.startsWith("http_server_requests_seconds_count")))
                    .anyMatch(line -> line.contains("uri=\"/elements/api-v2/instances/{id}\""))
                    .noneMatch(line -> line.contains("quickbooks"));
        }
    }
}
