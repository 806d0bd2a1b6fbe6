// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qboevents.testing.ApiClient;
import qboevents.testing.RestartablePostgres;

/** The alert for a database that is away needs a scrape that is answered meanwhile. */
class DatabaseAwayTest {

    private static final Duration SCRAPE_TIMEOUT = Duration.ofSeconds(10); // Prometheus' own default
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5); // of the Kubernetes base

    @TempDir
    private Path data;

    @Test
    void answersAScrapeInTimeAndSaysThatItDoesNotKnow() {
        try (var database = new RestartablePostgres(data.resolve("postgres")); var scene = Scene.onDatabase(database.url())) {
            var machine = new ApiClient(scene.service().base().replace("/elements/api-v2", ""),
                    ApiClient.platform(scene.service()).authorization());
            await().atMost(SOON).until(() -> owed(machine).equals(List.of("0.0")));
            database.crash();
            await().atMost(SOON).until(() -> {
                long began = System.nanoTime();
                var owed = owed(machine);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SCRAPE_TIMEOUT);
                return owed.equals(List.of("NaN"));
            });
            awaitReadiness(machine, 503);
            for (int probe = 0; probe < 3; probe++) {
                long began = System.nanoTime();
                assertThat(machine.get("/actuator/health/readiness").status()).isEqualTo(503);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROBE_TIMEOUT);
            }
            assertThat(machine.get("/actuator/health/liveness").status()).isEqualTo(200);
            database.start();

            awaitReadiness(machine, 200);
            await().atMost(SOON).until(() -> owed(machine).equals(List.of("0.0")));
        }
    }

    private static void awaitReadiness(ApiClient machine, int status) {
        await().atMost(SOON).until(() -> machine.get("/actuator/health/readiness").status() == status);
    }

    private static List<String> owed(ApiClient machine) {
        return machine.get("/actuator/prometheus").text().lines()
                .filter(line -> line.startsWith("delivery_owed{state=\"due\"} "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }
}
