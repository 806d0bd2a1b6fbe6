// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;
import static qboevents.testing.NewResource.DEPOSITS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** Nobody is woken because of a resource that was taken out of the routes, but of one whose route has been stopped. */
class RestingResourceTest {

    private static final Map<String, String> OFTEN = Map.of("event.poller.refresh_interval", "15");

    @TempDir
    private Path routes;

    private Path deposits;

    @BeforeEach
    void copyShippedRoutesAndAddOne() throws IOException {
        try (var files = Files.list(Path.of("routes"))) {
            for (var file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        deposits = Files.writeString(routes.resolve("deposits.camel.yaml"), DEPOSITS);
    }

    @OnEachDatabase
    void isNotLateWhenItWasTakenOutOfTheRoutes(TestDatabase database) {
        try (var scene = polled(database)) {
            scene.restartAfter(() -> {
                try {
                    Files.delete(deposits);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            var machine = anHourLater(scene);

            await().atMost(SOON).untilAsserted(() -> assertThat(overdue(machine)).isLessThan(60));
        }
    }

    @Test
    void isNotLateWhenItsRouteIsSwitchedOffInItsFile() {
        try (var scene = polled(TestDatabase.H2)) {
            scene.restartAfter(() -> {
                try {
                    Files.writeString(deposits, DEPOSITS.replace("id: deposits", "id: deposits\n    autoStartup: false"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            var machine = anHourLater(scene);

            await().atMost(SOON).untilAsserted(() -> assertThat(overdue(machine)).isLessThan(60));
        }
    }

    @Test
    void isLateWhenItsRouteWasStoppedAndForgotten() throws Exception {
        try (var scene = polled(TestDatabase.H2)) {
            scene.service().bean(CamelContext.class).getRouteController().stopRoute("deposits");

            assertThat(overdue(anHourLater(scene))).isGreaterThan(2400);
        }
    }

    private Scene polled(TestDatabase database) {
        var scene = Scene.on(database, "events.routes.folder=" + routes);
        scene.connect(OFTEN, "deposits", "invoices").poll();
        return scene;
    }

    /** A company that is connected then shows that the figures are no older. */
    private static ApiClient anHourLater(Scene scene) {
        scene.clock.advance(Duration.ofHours(1));
        scene.connect(OFTEN, "invoices").poll();
        var machine = new ApiClient(scene.service().base().replace("/elements/api-v2", ""),
                ApiClient.platform(scene.service()).authorization());
        await().atMost(SOON).until(() -> gauge(machine, "instance_connected") == 2);
        return machine;
    }

    private static double overdue(ApiClient machine) {
        return gauge(machine, "polling_oldest_age_seconds");
    }

    private static double gauge(ApiClient machine, String name) {
        return machine.get("/actuator/prometheus").text().lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst().orElseThrow();
    }
}
