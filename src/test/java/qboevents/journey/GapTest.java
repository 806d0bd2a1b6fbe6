// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.Call;
import qboevents.simulator.Change;
import qboevents.simulator.Fault;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** What was deleted while change data capture could not tell is found by comparing ids, and told once. */
class GapTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");
    private static final Duration TOO_LONG = Duration.ofDays(32);
    private static final Predicate<Call> BY_IDS = call -> call.text().contains(" Id IN ");
    private static final Predicate<Call> COUNTS = call -> call.text().contains("count(*)");

    @OnEachDatabase
    void tellsOnceWhatWasDeletedWhileTheServiceWasDown(TestDatabase database) {
        try (var scene = Scene.on(database)) {
            var company = scene.connect(ALL, "invoices", "bills", "customers", "payments");
            var books = company.books();
            var told = new ArrayList<String>();
            books.create("Invoice", 5).forEach(each -> told.add(Company.word("invoices", each)));
            books.create("Bill", 3).forEach(each -> told.add(Company.word("bills", each)));
            var customers = books.create("Customer", 5);
            customers.forEach(each -> told.add(Company.word("customers", each)));
            company.poll().awaitTold(told);

            scene.restartAfter(() -> {
                scene.clock.advance(TOO_LONG.dividedBy(2));
                books.delete("Invoice", "2");
                books.delete("Bill", "1");
                told.add(Company.word("invoices", books.update("Invoice", "3")));
                books.update("Invoice", "4");
                books.delete("Invoice", "4"); // nobody ever sees the update
                told.add(Company.word("invoices", books.create("Invoice")));
                told.add(Company.word("customers", books.deactivate("Customer", "1")));
                told.add(Company.word("customers", books.merge("Customer", "2", "3")));
                books.keepingLosers(true);
                told.add(Company.word("customers", books.merge("Customer", "4", "5")));
                scene.clock.advance(TOO_LONG.dividedBy(2));
            });
            told.add(Company.word("customers", last(books.changes(), "Customer", "5")));
            told.addAll(List.of("invoices 2", "invoices 4", "bills 1", "customers 3"));
            company.poll().awaitTold(told);

            awaitCompared(company, "invoices", "bills", "customers", "payments");
            assertThat(gap(company, "invoices").get("deletions").intValue()).isEqualTo(2);
            assertThat(gap(company, "payments").get("deletions").intValue()).isZero();
            assertThat(calls(scene, BY_IDS)).hasSize(3); // of payments nothing is known
            assertThat(calls(scene, COUNTS)).isEmpty();
            books.delete("Bill", "2"); // from now on change data capture tells
            told.add("bills 2");
            company.poll().awaitTold(told);
            assertThat(deletion(company, "invoices 2")).contains("\"status\":\"Deleted\"");
        }
    }

    @Test
    void knowsWhatRetentionHasRemoved() {
        try (var scene = Scene.on(TestDatabase.H2, "events.retention=7d")) {
            var company = scene.connect(ALL, "invoices", "customers");
            var books = company.books();
            books.create("Invoice", 3);
            books.create("Customer", 2);
            company.poll();
            await().atMost(SOON).until(() -> company.told().size() == 5);
            books.delete("Invoice", "3"); // told by change data capture, so it is not told again
            company.poll();
            await().atMost(SOON).until(() -> company.told().size() == 6);
            scene.clock.advance(Duration.ofDays(8));
            company.poll();
            await().atMost(SOON).until(() -> {
                scene.clock.advance(Duration.ofMinutes(11));
                return count(scene, "event") == 0;
            });
            assertThat(count(scene, "known_object")).isEqualTo(4);

            scene.restartAfter(() -> {
                books.delete("Invoice", "1");
                books.deactivate("Customer", "1");
                scene.clock.advance(TOO_LONG);
            });
            company.poll();

            awaitCompared(company, "invoices", "customers");
            company.awaitTold("invoices 1|0", "invoices 2|0", "invoices 3|0", "customers 1|0", "customers 2|0", "invoices 3",
                    "customers 1|1", "invoices 1");
            assertThat(scene.service().call("DELETE", "/instances/" + company.id(), "").status()).isEqualTo(200);
            assertThat(count(scene, "known_object")).isZero();
        }
    }

    @OnEachDatabase
    void goesOnWhereItWasClosed(TestDatabase database) {
        try (var scene = Scene.on(database, "camel.main.shutdown-timeout=1")) { // what hangs is cut
            var company = scene.connectAfter(realm -> scene.quickBooks.ledger(realm).create("Invoice", 4000), Map.of(), "invoices");
            var books = company.books();
            company.poll();
            scene.clock.advance(Duration.ofSeconds(5));
            books.create("Invoice", 900);
            company.poll();
            await().atMost(SOON).untilAsserted(() -> assertThat(company.told().size()).isEqualTo(900));
            var hanging = Fault.hang().when(BY_IDS.and(call -> calls(scene, BY_IDS).size() >= 3));

            scene.restartAfter(() -> {
                for (int id = 4001; id <= 4900; id += 100) {
                    books.delete("Invoice", String.valueOf(id));
                }
                scene.clock.advance(TOO_LONG);
                scene.quickBooks.fail(hanging);
            });
            company.poll();
            await().atMost(SOON).until(() -> calls(scene, BY_IDS).size() == 3);
            assertThat(gap(company, "invoices").get("deletionsFound").isNull()).isTrue();
            scene.restartAfter(scene.quickBooks::clearFaults);

            awaitCompared(company, "invoices");
            await().atMost(SOON).untilAsserted(() -> assertThat(company.told().size()).isEqualTo(909));
            assertThat(gap(company, "invoices").get("deletions").intValue()).isEqualTo(9);
            assertThat(calls(scene, COUNTS)).hasSize(1); // a list of 4,891 is not cheaper than five queries for 900 ids
            assertThat(calls(scene, BY_IDS)).hasSize(6); // one of them twice
        }
    }

    @Test
    void listsAllWhereThatIsCheaper() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(ALL, "invoices", "customers");
            var books = company.books();
            books.create("Invoice", 2300);
            books.create("Customer", 450);
            company.poll();
            await().atMost(SOON).until(() -> company.told().size() == 2750);

            scene.restartAfter(() -> {
                books.delete("Invoice", "1");
                books.delete("Invoice", "2300");
                books.deactivate("Customer", "7");
                scene.clock.advance(TOO_LONG);
            });
            // After the first page a record moves to the end, so the next page passes one over.
            scene.quickBooks.afterQuery(served -> {
                if (served.rows() == 1000 && !served.statement().contains(">=")) {
                    books.update("Invoice", "2");
                }
            });
            company.poll();

            awaitCompared(company, "invoices", "customers");
            await().atMost(SOON).until(() -> company.told("invoices").containsAll(List.of("invoices 1", "invoices 2300")));
            assertThat(company.told().stream().filter(each -> !each.contains("|"))).hasSize(2);
            assertThat(calls(scene, COUNTS)).hasSize(2);
            assertThat(calls(scene, BY_IDS)).hasSize(1); // of invoices, what pages did not show
        }
    }

    @Test
    void findsWhatACutOffAnswerHides() {
        try (var scene = Scene.on(TestDatabase.H2, "quickbooks.api.capture-limit=10", Scene.OWN_TIMERS)) {
            scene.quickBooks.cdc().cap(10);
            var company = scene.connect("invoices", "bills").poll();
            var told = new ArrayList<String>();
            company.books().create("Invoice", 3).forEach(each -> told.add(Company.word("invoices", each)));
            company.poll().awaitTold(told);
            company.books().delete("Invoice", "2");
            told.add("invoices 2");
            company.books().create("Invoice", 12).forEach(each -> told.add(Company.word("invoices", each)));
            scene.clock.advance(Duration.ofMinutes(10));

            company.poll();
            company.poll("invoices"); // until then a query has not told all

            company.awaitTold(told);
            awaitCompared(company, "invoices");
            assertThat(gap(company, "invoices").get("reason").textValue()).contains("as many objects");
        }
    }

    @Test
    void isHeldUpByAFailureAndByABadRecordOnlyAsLongAsTheyLast() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(ALL, "invoices");
            company.books().create("Invoice", 30);
            company.poll();
            await().atMost(SOON).until(() -> company.told().size() == 30);
            scene.restartAfter(() -> {
                company.books().delete("Invoice", "9");
                scene.clock.advance(TOO_LONG);
                scene.quickBooks.fail(Fault.status(503).when(BY_IDS).once());
                scene.quickBooks.fail(Fault.poisoned("Invoice", "20").when(BY_IDS));
            });
            company.poll();

            await().atMost(SOON).until(() -> gap(company, "invoices").get("lastError").asText("").contains("503"));
            await().atMost(SOON).pollInterval(Duration.ofMillis(300)).until(() -> {
                scene.clock.advance(Duration.ofMinutes(10));
                return company.told().contains("invoices 9");
            });
            assertThat(gap(company, "invoices").get("deletionsFound").isNull()).isTrue();
            scene.quickBooks.clearFaults();
            scene.clock.advance(Duration.ofHours(1));
            awaitCompared(company, "invoices");
            assertThat(company.told()).hasSize(31);
            assertThat(gap(company, "invoices").get("lastError").isNull()).isTrue();
        }
    }

    private static void awaitCompared(Company company, String... resources) {
        await().atMost(SOON).untilAsserted(() -> assertThat(resources)
                .allSatisfy(each -> assertThat(gap(company, each).get("deletionsFound").isNull()).as(each).isFalse()));
    }

    private static List<Call> calls(Scene scene, Predicate<Call> which) {
        return scene.quickBooks.calls().last().stream().filter(each -> each.kind() == Call.Kind.QUERY).filter(which).toList();
    }

    private static String deletion(Company company, String word) {
        var id = company.scene().service().bean(JdbcClient.class);
        return new String(id.sql("select record from event where event_type = 'DELETED' and resource = :resource and object_id = :id")
                .param("resource", word.split(" ")[0]).param("id", word.split(" ")[1]).query(byte[].class).single());
    }

    private static Change last(List<Change> changes, String entity, String id) {
        return changes.stream().filter(each -> each.entity().equals(entity) && each.id().equals(id))
                .reduce((first, second) -> second).orElseThrow();
    }

    private static int count(Scene scene, String table) {
        return scene.service().bean(JdbcClient.class).sql("select count(*) from " + table).query(Integer.class).single();
    }

    private static JsonNode gap(Company company, String resource) {
        for (var each : company.scene().service().get("/instances/" + company.id() + "/event-poller-records").json()) {
            if (each.get("resource").textValue().equals(resource)) {
                return each.get("gap");
            }
        }
        throw new AssertionError("No poller record of " + resource);
    }
}
