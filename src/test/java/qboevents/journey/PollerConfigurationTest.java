// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import qboevents.simulator.Call;
import qboevents.testing.TestDatabase;

/** What {@code event.poller.configuration} says of a resource is what is done with it, and with no other. */
class PollerConfigurationTest {

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static Company configured(Map<String, ?> poller) {
        return scene.connect(Map.of("event.poller.configuration", Map.of("invoices", poller)), "bills").poll();
    }

    @Test
    void asksForPagesOfTheGivenSize() {
        var company = configured(Map.of("pageSize", 2));
        company.books().create("Invoice", 5);
        company.books().create("Bill", 5);

        company.poll();

        company.awaitTold("invoices 1|0", "invoices 2|0", "invoices 3|0", "invoices 4|0", "invoices 5|0",
                "bills 1|0", "bills 2|0", "bills 3|0", "bills 4|0", "bills 5|0");
        assertThat(scene.quickBooks.calls().last())
                .filteredOn(call -> call.kind() == Call.Kind.QUERY && call.realmId().equals(company.realm()))
                .filteredOn(call -> call.text().contains("ORDERBY"))
                .allMatch(call -> call.text().endsWith(call.entity().equals("Invoice") ? "MAXRESULTS 2" : "MAXRESULTS 1000"));
    }

    @Test
    void callsCreatedWhatWasChangedWithinTheTolerance() {
        var company = configured(Map.of("createdCheckTolerance", "60"));
        for (var entity : new String[] {"Invoice", "Bill"}) {
            var id = company.books().create(entity).id();
            scene.clock.advance(Duration.ofSeconds(30));
            company.books().update(entity, id);
        }

        company.poll();

        company.awaitTold("invoices 1|1", "bills 1|1");
        assertThat(company.received().stream().flatMap(each -> each.events().stream())
                .map(event -> event.objectType() + " " + event.eventType()))
                .containsExactlyInAnyOrder("invoices CREATED", "bills UPDATED");
    }

    @Test
    void looksFurtherBackWhenItIsTold() {
        var company = configured(Map.of("pollDelay", 900));
        scene.clock.advance(Duration.ofMinutes(30));
        company.poll();
        company.books().createLate("Invoice", Duration.ofMinutes(10));
        company.books().createLate("Bill", Duration.ofMinutes(10));

        company.poll();

        company.awaitTold("invoices 1|0");
    }
}
