// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.testing.TestDatabase;

/** A node keeps the lanes that it uses, by renewing its lease on them, and lets go of those that it does not. */
class LaneLeaseTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");
    private static final Duration LEASE = Duration.ofSeconds(25); // the timeout and 10 s

    @Test
    void renewsTheLeaseOfALaneThatWasUsedInTheLastMinute() {
        try (var scene = Scene.on(TestDatabase.POSTGRESQL)) {
            var company = scene.connect(ALL, "invoices");
            company.books().create("Invoice");
            company.poll();
            company.awaitTold("invoices 1|0");
            for (int i = 0; i < 6; i++) { // longer than the lease in all
                scene.clock.advance(Duration.ofSeconds(6));
                await().atMost(SOON).until(() -> leasedUntil(scene, company).isAfter(scene.clock.instant().plus(LEASE).minusSeconds(6)));
            }

            scene.clock.advance(Duration.ofMinutes(2));
            var other = scene.connect(ALL, "invoices");
            other.books().create("Invoice");
            other.poll();
            other.awaitTold("invoices 1|0");
            scene.clock.advance(Duration.ofSeconds(6));
            await().atMost(SOON).until(() -> leasedUntil(scene, other).isAfter(scene.clock.instant().plus(LEASE).minusSeconds(6)));

            assertThat(leasedUntil(scene, company)).isBefore(scene.clock.instant());
        }
    }

    private static Instant leasedUntil(Scene scene, Company company) {
        return scene.service().bean(JdbcClient.class).sql("select leased_until from lane where instance_id = :id")
                .param("id", company.id()).query(OffsetDateTime.class).single().toInstant();
    }
}
