// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.util.List;
import qboevents.simulator.Fault;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** One company, one pair of tokens, and many polls that need it at once. */
class SharedTokenTest {

    private static final Duration EXPIRY = Duration.ofMinutes(61);

    @OnEachDatabase
    void renewsAnExpiredTokenOnceForAllPolls(TestDatabase database) {
        try (var scene = Scene.on(database)) {
            scene.quickBooks.rotatingAlways();
            var company = scene.connect().poll();
            var before = scene.quickBooks.calls().tokens();

            for (int expiry = 1; expiry <= 3; expiry++) {
                scene.clock.advance(EXPIRY);
                company.books().update("Invoice", company.books().create("Invoice").id());
                pollAll(company, expiry);

                assertThat(scene.quickBooks.calls().tokens()).isEqualTo(before + expiry);
            }
            assertThat(scene.quickBooks.currentRefreshToken(company.realm())).isPresent();
            company.awaitTold("invoices 1|1", "invoices 2|1", "invoices 3|1");
        }
    }

    @OnEachDatabase
    void renewsARefusedTokenOnceForAllPolls(TestDatabase database) {
        try (var scene = Scene.on(database)) {
            scene.quickBooks.rotatingAlways();
            var company = scene.connect().poll();
            var before = scene.quickBooks.calls().tokens();
            var invoice = company.books().create("Invoice");
            // QuickBooks refuses the token that the service has, whatever the clock says.
            scene.quickBooks.fail(Fault.unauthorized().forRealm(company.realm())
                    .when(call -> scene.quickBooks.calls().tokens() == before));

            pollAll(company, 1);

            assertThat(scene.quickBooks.calls().tokens()).isEqualTo(before + 1);
            assertThat(scene.quickBooks.currentRefreshToken(company.realm())).isPresent();
            company.awaitTold(Company.words("invoices", List.of(invoice)));
        }
    }

    /** A poll that met the refresh of another is put off for two seconds, and counts as no failure. */
    private static void pollAll(Company company, int expiry) {
        var asked = company.ask("");
        await().atMost(SOON).untilAsserted(() -> assertThat(company.records())
                .allMatch(each -> each.lastError().isEmpty() && each.failures() == 0)
                .allMatch(each -> each.nextPoll().filter(next -> next.isAfter(asked.plusSeconds(3600))).isPresent()));
    }
}
