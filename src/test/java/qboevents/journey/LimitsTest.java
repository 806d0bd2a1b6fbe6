// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.util.Map;
import org.junit.jupiter.api.Test;
import qboevents.resource.Resources;
import qboevents.simulator.Call;
import qboevents.testing.TestDatabase;

/** However much is due and however often somebody asks: Intuit never sees more calls than it allows. */
class LimitsTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");

    @Test
    void callsACompanyAtMostTenTimesInAnySecond() {
        try (var scene = Scene.on(TestDatabase.H2, "quickbooks.api.page-size=5")) {
            var company = backlog(scene);

            askAgainAndAgain(company, 120);

            assertThat(scene.quickBooks.limits().mostInASecond(company.realm())).isBetween(5, 10);
            assertThat(company.records()).allMatch(each -> each.failures() == 0);
        }
    }

    @Test
    void callsACompanyAtMostSoManyTimesInAnyMinute() {
        try (var scene = Scene.on(TestDatabase.H2, "quickbooks.api.calls-per-minute=30", "quickbooks.api.page-size=5")) {
            scene.quickBooks.limits().of(10, 30);
            var company = backlog(scene);

            askAgainAndAgain(company, 30);
            var asked = company.ask("");
            await().atMost(SOON).until(() -> scene.serviceClock().instant().isAfter(asked.plusSeconds(6)));

            assertThat(scene.quickBooks.limits().mostInAMinute(company.realm())).isEqualTo(30);
            assertThat(company.records()).allMatch(each -> each.failures() == 0);
        }
    }

    private static Company backlog(Scene scene) {
        var company = scene.connect(ALL);
        var resources = scene.service().bean(Resources.class);
        resources.names().forEach(name -> company.books().create(resources.named(name).orElseThrow().entity(), 12));
        return company;
    }

    private static void askAgainAndAgain(Company company, int calls) {
        await().atMost(SOON).until(() -> {
            company.ask("");
            return company.scene().quickBooks.calls().count(Call.Kind.QUERY, company.realm()) >= calls;
        });
    }
}
