// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/**
 * With one connection to the database all goes on, slowly. Who waited for a second one while he holds his first could wait for ever: for
 * others who do the same, however many connections there are.
 */
class OneConnectionTest {

    private static final Map<String, String> HYBRID = Map.of("event.vendor.type", "hybrid");

    @OnEachDatabase
    void nobodyNeedsASecondConnection(TestDatabase database) {
        try (var scene = Scene.on(database, Webhook.SETTING, "spring.datasource.hikari.connection-timeout=5000")) {
            oneAlone(scene);
            var company = scene.connect(HYBRID, "invoices", "customers").poll();
            var told = company.books().create("Invoice");
            Telling.to(company).of(told, "created").post();
            company.awaitTold("invoices 1|0");
            company.books().create("Customer");
            company.poll().awaitTold("invoices 1|0", "customers 1|0");
            scene.restart(); // nothing is known of any instance now
            oneAlone(scene);
            Telling.to(company).of(company.books().update("Invoice", told.id()), "updated").post();
            company.awaitTold("invoices 1|0", "customers 1|0", "invoices 1|1");

            var api = ApiClient.platform(scene.service());
            var instance = "/instances/" + company.id();
            var event = api.get(instance + "/events").json().get(0).get("id").asText();
            assertThat(List.of("/instances", instance, instance + "/events", "/instances/events/" + event,
                    "/instances/events/analytics", instance + "/event-poller-records", instance + "/reconciliation",
                    instance + "/calls", "/quickbooks/calls", "/notifications/numbers", "/notifications/replays",
                    "/notifications/subscriptions/deliveries", "/operator-events", "/webhooks/quickbooks", "/routes"))
                    .allSatisfy(path -> assertThat(api.get(path).status()).as(path).isEqualTo(200));
            assertThat(api.send("PATCH", instance, "{\"name\":\"Renamed\"}").status()).isEqualTo(200);
            assertThat(api.send("POST", instance + "/events/" + event + "/redeliver", "").status()).isLessThan(300);
            company.awaitAtLeastTold("invoices 1|1");
            assertThat(api.send("DELETE", instance, "").status()).isEqualTo(200);
        }
    }

    /** To migrate takes two. */
    private static void oneAlone(Scene scene) {
        var pool = scene.service().bean(HikariDataSource.class);
        pool.getHikariConfigMXBean().setMinimumIdle(0);
        pool.getHikariConfigMXBean().setMaximumPoolSize(1);
        pool.getHikariPoolMXBean().softEvictConnections();
        await().atMost(SOON).until(() -> pool.getHikariPoolMXBean().getTotalConnections() <= 1);
    }
}
