// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.simulator.Call;
import qboevents.simulator.Change;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** However the records lie in time, each is told once. */
class PagingTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");

    @OnEachDatabase
    void tellsTwentyFiveHundredRecordsOfOneSecond(TestDatabase database) {
        try (var scene = Scene.standingStill(database)) {
            var company = scene.connect(ALL, "invoices");
            var made = company.books().create("Invoice", 2500);

            company.poll();

            company.awaitTold(Company.words("invoices", made));
        }
    }

    @ParameterizedTest(name = "of {0}")
    @ValueSource(ints = {1, 7})
    void crossesPageBordersInsideASecond(int pageSize) {
        try (var scene = Scene.standingStill(TestDatabase.H2, "quickbooks.api.page-size=" + pageSize,
                "quickbooks.api.calls-per-second=1000", "quickbooks.api.calls-per-minute=10000")) {
            scene.quickBooks.limits().observeOnly();
            var company = scene.connect(ALL, "invoices");
            var made = clusters(company, scene);

            company.poll();

            company.awaitTold(Company.words("invoices", made));
            assertThat(scene.quickBooks.calls().count(Call.Kind.QUERY)).isGreaterThan(made.size() / pageSize);
        }
    }

    /** Runs of one to eleven records in a second, and one of forty. */
    private static List<Change> clusters(Company company, Scene scene) {
        var made = new ArrayList<Change>();
        for (int size : new int[] {3, 1, 11, 7, 8, 1, 1, 40, 6, 2}) {
            made.addAll(company.books().create("Invoice", size));
            scene.clock.advance(Duration.ofSeconds(2));
        }
        return made;
    }

    @Test
    void losesNothingWhenRecordsMoveBetweenPages() {
        try (var scene = Scene.on(TestDatabase.H2, "quickbooks.api.page-size=7")) {
            var company = scene.connect(ALL, "invoices");
            var books = company.books();
            books.create("Invoice", 60);
            scene.clock.advance(Duration.ofMinutes(10));
            var victims = new ArrayList<>(List.of("3", "9", "15", "21", "27"));
            scene.quickBooks.afterQuery(query -> {
                if (query.rows() == 7 && !victims.isEmpty()) {
                    books.delete("Invoice", victims.remove(0));
                    books.update("Invoice", "4");
                }
            });

            company.poll();
            scene.clock.advance(Duration.ofMinutes(1));
            company.poll();

            var latest = Company.words("invoices",
                    books.latest().stream().filter(each -> each.entity().equals("Invoice")).toList());
            company.awaitAtLeastTold(latest.toArray(String[]::new));
            assertThat(company.told()).doesNotHaveDuplicates();
        }
    }

    @Test
    void tellsWhatBecomesVisibleLateWithinTheOverlap() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect("invoices").poll();
            scene.clock.advance(Duration.ofMinutes(20));
            var seen = company.books().create("Invoice");
            company.poll();
            var late = company.books().createLate("Invoice", Duration.ofMinutes(4));

            company.poll();
            company.poll();

            company.awaitTold(Company.words("invoices", List.of(seen, late)));
        }
    }

    @Test
    void tellsOfRecordsOfListsThatAreMadeInactive() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(ALL, "customers", "products");
            var customer = company.books().create("Customer");
            company.books().deactivate("Customer", customer.id());
            company.books().create("Item");

            company.poll();

            company.awaitTold("customers 1|1", "products 1|0");
        }
    }

    @Test
    void keepsTheCursorBehindWhatCanStillComeLate() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect("invoices").poll();
            scene.clock.advance(Duration.ofMinutes(20));
            company.books().create("Invoice");

            company.poll();

            assertThat(company.pollerRecord("invoices").cursor()).hasValueSatisfying(cursor ->
                    assertThat(cursor).isBefore(scene.clock.instant().minusSeconds(299)).isAfter(Instant.EPOCH));
        }
    }
}
