// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import qboevents.simulator.Call;
import qboevents.simulator.CdcFault;
import qboevents.simulator.Fault;
import qboevents.simulator.MovableClock;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** All that is due of a company is read in one call, and none of it is passed over when that call does not tell all. */
class ChangeDataCaptureTest {

    private static final String[] FOUR = {"invoices", "bills", "customers", "payments"};

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2);
    }

    @AfterEach
    void mend() {
        scene.quickBooks.clearFaults();
        scene.quickBooks.cdc().clearFaults();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @OnEachDatabase
    void readsAllThatIsDueInOneCallAndTellsDeletions(TestDatabase database) {
        try (var own = Scene.on(database)) {
            var company = own.connect(FOUR).poll();
            var invoice = company.books().create("Invoice");
            var bill = company.books().create("Bill");
            own.clock.advance(Duration.ofMinutes(1));
            var calls = own.quickBooks.calls().api();

            company.poll().awaitTold(Company.word("invoices", invoice), Company.word("bills", bill));
            company.books().delete("Bill", bill.id());
            own.clock.advance(Duration.ofMinutes(1));
            company.poll().awaitTold(
                    Company.word("invoices", invoice), Company.word("bills", bill), "bills " + bill.id());
            company.poll(); // the same stub again
            company.poll();

            assertThat(own.quickBooks.calls().count(Call.Kind.CDC, company.realm())).isEqualTo(5);
            assertThat(own.quickBooks.calls().count(Call.Kind.QUERY, company.realm())).isEqualTo(1); // for the time
            assertThat(company.told()).hasSize(3);
            assertThat(company.received().get(company.received().size() - 1).events().get(0).eventType()).isEqualTo("DELETED");
            assertThat(company.pollerRecord("bills").cursor()).isEqualTo(company.pollerRecord("invoices").cursor());
        }
    }

    /** QuickBooks dates to the second, and its clock knows fractions. */
    @Test
    void tellsWhatChangesLaterInTheSecondOfAPoll() {
        var clock = MovableClock.at(Instant.parse("2026-11-20T12:00:00.200Z"));
        try (var own = Scene.at(clock, TestDatabase.H2, "events.polling.overlap=0s")) {
            var company = own.connect("invoices").poll();
            clock.advance(Duration.ofMinutes(1));
            company.poll();
            clock.advance(Duration.ofMillis(500));
            var invoice = company.books().create("Invoice");
            clock.advance(Duration.ofMinutes(1));

            company.poll().awaitTold(Company.word("invoices", invoice));
        }
    }

    @Test
    void splitsAnAnswerThatMayBeCutOff() {
        try (var small = Scene.on(TestDatabase.H2, "quickbooks.api.capture-limit=10")) {
            small.quickBooks.cdc().cap(10);
            var company = small.connect(FOUR).poll();
            var told = new java.util.ArrayList<String>();
            for (int i = 0; i < 12; i++) {
                told.add(Company.word("invoices", company.books().create("Invoice")));
            }
            for (int i = 0; i < 3; i++) {
                told.add(Company.word("bills", company.books().create("Bill")));
                told.add(Company.word("payments", company.books().create("Payment")));
            }

            company.poll().awaitTold(told);

            var record = small.service().get("/instances/" + company.id() + "/event-poller-records").json();
            assertThat(record.findParents("gap").stream().filter(each -> !each.get("gap").isNull()).toList())
                    .hasSize(1)
                    .allSatisfy(each -> {
                        assertThat(each.get("resource").textValue()).isEqualTo("invoices");
                        assertThat(each.get("gap").get("reason").textValue()).contains("as many objects as it tells of at once");
                        assertThat(Instant.parse(each.get("gap").get("until").textValue())).as("the instance is younger than the overlap")
                                .isAfterOrEqualTo(Instant.parse(each.get("gap").get("from").textValue()));
                    });
            company.poll();
            assertThat(company.told()).hasSameSizeAs(told);
        }
    }

    @Test
    void letsOneEntitysFaultFailThatEntityOnly() {
        var company = scene.connect(FOUR).poll();
        scene.quickBooks.cdc().failing("Bill", CdcFault.system().unnamed());
        var before = company.pollerRecord("bills").cursor();
        var invoice = Company.word("invoices", company.books().create("Invoice"));
        var bill = Company.word("bills", company.books().create("Bill"));
        scene.clock.advance(Duration.ofMinutes(1));

        company.poll().awaitTold(invoice);

        assertThat(company.pollerRecord("bills").failures()).isEqualTo(1);
        assertThat(company.pollerRecord("bills").cursor()).isEqualTo(before);
        assertThat(company.pollerRecord("payments").failures()).isZero();
        assertThat(company.pollerRecord("payments").cursor().orElseThrow()).isAfter(before.orElseThrow());

        scene.quickBooks.cdc().clearFaults();
        company.poll().awaitTold(invoice, bill);
    }

    @Test
    void readsByQueriesWhatQuickBooksRefusesToCapture() {
        var company = scene.connect(FOUR);
        scene.quickBooks.fail(Fault.error(400, "5030", "Feature Not Supported Error").onlyFor(Call.Kind.CDC).forEntity("Bill"));
        company.poll();
        var invoice = Company.word("invoices", company.books().create("Invoice"));
        var bill = Company.word("bills", company.books().create("Bill"));
        var queries = scene.quickBooks.calls().count(Call.Kind.QUERY, company.realm());
        scene.clock.advance(Duration.ofMinutes(1));

        company.poll().awaitTold(invoice, bill);

        assertThat(scene.quickBooks.calls().count(Call.Kind.QUERY, company.realm())).isEqualTo(queries + 1);
        assertThat(record(company, "bills").get("strategy").textValue()).isEqualTo("query");
        assertThat(record(company, "bills").get("strategyReason").textValue()).contains("5030");
        assertThat(record(company, "invoices").get("strategy").textValue()).isEqualTo("cdc");
    }

    @Test
    void refusesToCaptureWhatQuickBooksLeavesOut() {
        var company = scene.connect("invoices", "tax-codes", "time-activities");
        var only = "{\"configuration\":{\"event.poller.strategy\":\"cdc\"%s}}";

        var refused = scene.service().call("PATCH", "/instances/" + company.id(), only.formatted(""));
        var taken = scene.service().call("PATCH", "/instances/" + company.id(), only.formatted(",\"event.poller.urls\":\"invoices\""));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("event.poller.strategy cannot be cdc for tax-codes, time-activities");
        assertThat(taken.status()).isEqualTo(200);
    }

    @Test
    void pollsNoMoreThanItsRouteWants() throws Exception {
        var company = scene.connect(FOUR).poll();
        var camel = scene.service().bean(org.apache.camel.CamelContext.class);
        camel.getRouteController().stopRoute("bills");
        var bill = Company.word("bills", company.books().create("Bill"));
        var invoice = Company.word("invoices", company.books().create("Invoice"));
        company.ask("");

        company.awaitTold(invoice);
        assertThat(record(company, "bills").get("stopped").booleanValue()).isTrue();
        assertThat(record(company, "invoices").get("stopped").booleanValue()).isFalse();

        camel.getRouteController().startRoute("bills");
        company.awaitTold(invoice, bill);
    }

    @Test
    void leavesWhatMakesTheCallFailBehindTheOthers() {
        var company = scene.connect(FOUR).poll();
        scene.quickBooks.fail(Fault.error(500, "10000", "System Failure Error").onlyFor(Call.Kind.CDC).forRealm(company.realm()).forEntity("Bill"));
        var bill = Company.word("bills", company.books().create("Bill"));
        var invoice = Company.word("invoices", company.books().create("Invoice"));

        for (int i = 0; i < 4; i++) {
            company.poll();
        }

        company.awaitTold(invoice);
        assertThat(company.pollerRecord("invoices").failures()).isZero();
        assertThat(company.pollerRecord("bills").failures()).isEqualTo(4);

        company.poll().poll().poll(); // and then by query
        company.awaitTold(invoice, bill);
        assertThat(company.pollerRecord("bills").failures()).isZero();
    }

    @Test
    void goesBackToQueriesAfterTooLongAPauseAndSaysSo() {
        var company = scene.connect(FOUR).poll();
        scene.service().call("DELETE", "/instances/" + company.id() + "/enabled", "");
        scene.clock.advance(Duration.ofDays(10));
        var long_ago = Company.word("invoices", company.books().create("Invoice"));
        scene.clock.advance(Duration.ofDays(22));
        scene.service().call("PUT", "/instances/" + company.id() + "/enabled", "");

        company.poll().awaitTold(long_ago);

        assertThat(record(company, "invoices").get("gap").get("reason").textValue()).contains("29 days");
        var bill = Company.word("bills", company.books().create("Bill"));
        company.poll().awaitTold(long_ago, bill);
        assertThat(record(company, "bills").get("strategy").textValue()).isEqualTo("cdc");
    }

    @Test
    void tellsVoidAndDeactivationOnceAndExactly() {
        var company = scene.connect(Map.of("event.notification.format", "cloudevents"), FOUR).poll();
        var invoice = company.books().create("Invoice");
        var customer = company.books().create("Customer");
        scene.clock.advance(Duration.ofMinutes(5));
        company.poll();
        company.books().voidIt("Invoice", invoice.id());
        company.books().deactivate("Customer", customer.id());
        company.poll();
        company.books().update("Invoice", invoice.id());
        company.books().update("Customer", customer.id());
        company.poll();
        company.books().update("Invoice", invoice.id());
        company.poll();

        var types = types(company, 7);

        assertThat(types).containsExactlyInAnyOrder(
                "quickbooks.invoices.created", "quickbooks.customers.created", "quickbooks.invoices.voided",
                "quickbooks.customers.updated deactivated", "quickbooks.invoices.updated", "quickbooks.customers.updated",
                "quickbooks.invoices.updated");
    }

    private List<String> types(Company company, int count) {
        org.awaitility.Awaitility.await().atMost(Scene.SOON).until(() -> company.received().size() >= count);
        return company.received().stream().map(each -> each.json().get("type").textValue()
                + (each.json().has("operation") ? " " + each.json().get("operation").textValue() : "")).toList();
    }

    private com.fasterxml.jackson.databind.JsonNode record(Company company, String resource) {
        for (var each : scene.service().get("/instances/" + company.id() + "/event-poller-records").json()) {
            if (each.get("resource").textValue().equals(resource)) {
                return each;
            }
        }
        throw new AssertionError("No poller record of " + resource);
    }
}
