// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

class CompanyClaimsTest {

    /** Two timers tick at the same time: one has read everything when the other comes to lease the cursors. */
    @OnEachDatabase
    void letsGoOfACompanyOfWhichNothingIsLeft(TestDatabase database) {
        var clock = MovableClock.running();
        try (var quickBooks = new QuickBooksSimulator(clock);
                var service = TestService.start(database.freshUrl(), clock, quickBooks)) {
            long id = service.connect(quickBooks, "91303500", "http://127.0.0.1:9/none", Map.of());
            var jdbc = service.bean(JdbcClient.class);
            jdbc.sql("update company_lease set claim = 7, leased_until = :until where instance_id = :instance")
                    .param("until", clock.instant().plus(Duration.ofMinutes(5)).atOffset(ZoneOffset.UTC))
                    .param("instance", id)
                    .update();

            var polls = service.bean(CompanyClaims.class).taken(List.of(), Map.of("claim", 7L));

            assertThat(polls).isEmpty();
            assertThat(jdbc.sql("select leased_until from company_lease where instance_id = :instance")
                            .param("instance", id)
                            .query(OffsetDateTime.class)
                            .single().toInstant())
                    .isBefore(clock.instant());
        }
    }
}
