// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.simulator.Call;
import qboevents.simulator.Change;
import qboevents.simulator.Fault;
import qboevents.testing.TestDatabase;

/** From when on changes are told, whatever the clocks say. */
class StartTest {

    @ParameterizedTest(name = "{0} hours ahead")
    @ValueSource(ints = {-1, 0, 1})
    void tellsWhatChangedSinceTheConnectionOnQuickBooksClock(int hours) {
        try (var scene = Scene.withClocksApart(Duration.ofHours(hours))) {
            var company = scene.connectAfter(realm -> scene.quickBooks.ledger(realm).create("Invoice"), Map.of(), "invoices");
            var between = company.books().create("Invoice"); // before the first poll
            company.poll();
            var made = company.books().create("Invoice");
            company.poll();
            company.poll();

            company.awaitTold(Company.words("invoices", List.of(between, made)));
        }
    }

    @Test
    void tellsWhatChangedWhileTheFirstPollsFailed() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect("invoices");
            var fault = scene.quickBooks.fail(Fault.withoutTime());
            var made = company.books().create("Invoice");
            company.poll();
            var failed = company.pollerRecord("invoices");
            scene.clock.advance(Duration.ofHours(3));
            fault.clear();

            company.poll();

            assertThat(failed.lastError()).isEqualTo("QuickBooks did not tell the time, so it is not known what is new");
            company.awaitTold(Company.words("invoices", List.of(made)));
        }
    }

    @Test
    void goesOnWithoutTheTimeOnceItIsKnownWhatIsNew() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect("invoices").poll();
            var cursor = company.pollerRecord("invoices").cursor().orElseThrow();
            var fault = scene.quickBooks.fail(Fault.withoutTime());
            var first = company.books().create("Invoice");
            company.poll();
            assertThat(company.pollerRecord("invoices").cursor().orElseThrow()).isBeforeOrEqualTo(cursor.plusSeconds(60));
            fault.clear();
            var second = company.books().create("Invoice");

            company.poll();

            company.awaitTold(Company.words("invoices", List.of(first, second)));
        }
    }

    @Test
    void beginsWhereItIsTold() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            scene.clock.set(Instant.parse("2026-03-01T07:59:50Z"));
            var company = scene.connectAfter(realm -> scene.quickBooks.ledger(realm).create("Invoice"),
                    Map.of("event.poller.start", "2026-03-01", "event.poller.timezone", "America/Los_Angeles", "event.poller.strategy", "query"),
                    "invoices");
            scene.clock.set(Instant.parse("2026-03-01T08:00:00Z")); // midnight in Los Angeles
            var made = company.books().create("Invoice");
            scene.clock.set(Instant.parse("2026-03-01T08:10:00Z"));

            company.poll();

            company.awaitTold(Company.words("invoices", List.of(made)));
            assertThat(scene.quickBooks.calls().last().stream().filter(call -> call.kind() == Call.Kind.QUERY))
                    .extracting(Call::text)
                    .contains("SELECT * FROM Invoice WHERE MetaData.LastUpdatedTime >= '2026-03-01T00:00:00-08:00'"
                            + " ORDERBY MetaData.LastUpdatedTime ASC MAXRESULTS 1000");
        }
    }

    @Test
    void beginsAtTheBeginning() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var old = new Change[1];
            var company = scene.connectAfter(realm -> old[0] = scene.quickBooks.ledger(realm).createLate("Invoice", Duration.ofDays(4000)),
                    Map.of("event.poller.start", "beginning"), "invoices");

            company.poll();

            company.awaitTold(Company.words("invoices", List.of(old[0])));
        }
    }
}
