// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CdcTest {

    private static final String REALM = "42";
    private static final String START = "2026-03-15T20:07:36-07:00";

    private final MovableClock clock = MovableClock.at(Instant.parse("2026-03-16T03:07:36.123Z"));
    private final QuickBooksSimulator simulator = new QuickBooksSimulator(clock);
    private final Ledger ledger = simulator.ledger(REALM);
    private final Client client = new Client(simulator, REALM);

    CdcTest() {
        simulator.limits().observeOnly();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void showsFullObjectsAndWhatIsLeftOfDeletedOnes() throws Exception {
        ledger.create("Term");
        ledger.create("Bill");
        ledger.delete("Bill", "1");

        assertThat(client.cdc("Term,Bill", START).body()).isEqualTo("{\"CDCResponse\":[{\"QueryResponse\":["
                + "{\"Term\":[" + ledger.read("Term", "1").orElseThrow() + "],\"startPosition\":1,\"maxResults\":1},"
                + "{\"Bill\":[{\"domain\":\"QBO\",\"status\":\"Deleted\",\"Id\":\"1\","
                + "\"MetaData\":{\"LastUpdatedTime\":\"2026-03-15T20:07:36-07:00\"}}],"
                + "\"startPosition\":1,\"maxResults\":1,\"totalCount\":2}]}],"
                + "\"time\":\"2026-03-15T20:07:36.123-07:00\"}");
    }

    @Test
    void saysTheCountsInTheOtherFormWhenSwitched() throws Exception {
        simulator.cdc().totalOfEachGroup(true).emptyGroups(true);
        ledger.create("Term", 2);
        ledger.create("Bill");

        var groups = groups("Vendor,Term,Bill", START);

        assertThat(groups).hasSize(3);
        assertThat(groups.get(0)).isEmpty();
        assertThat(groups.findValues("totalCount")).extracting(JsonNode::asInt).containsExactly(2, 1);
    }

    @Test
    void showsAnEmptyObjectWhenNothingHasChanged() throws Exception {
        ledger.create("Invoice");
        clock.advance(Duration.ofSeconds(1));

        assertThat(client.cdc("Invoice,Customer", "2026-03-15T20:07:37-07:00").body()).isEqualTo(
                "{\"CDCResponse\":[{\"QueryResponse\":[{}]}],\"time\":\"2026-03-15T20:07:37.123-07:00\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-15T20:07:36-07:00, 2", "2026-03-16T03:07:36Z, 2", "2026-03-16T03:07:36.000Z, 2",
        "2026-03-15T20:07:36-0700, 2", "2026-03-15T20:07:36, 2", "2026-03-15, 2", "2026-03-16, 0",
        "2026-03-16T05:07:37+02:00, 1", "2026-03-16T03:07:36.500Z, 1", "2026-03-16T03:07:38Z, 0",
    })
    void showsWhatChangedAtThatMomentOrLater(String since, int objects) throws Exception {
        ledger.create("Invoice", 2);
        clock.advance(Duration.ofSeconds(1));
        ledger.update("Invoice", "1");

        assertThat(ids(since, "invoice,CUSTOMER", "Invoice")).hasSize(objects);
    }

    @Test
    void leavesOutTheSecondItselfWhenSwitched() throws Exception {
        simulator.cdc().exclusive(true);
        ledger.create("Invoice");

        assertThat(ids(START, "Invoice", "Invoice")).isEmpty();
        assertThat(ids("2026-03-15T20:07:35-07:00", "Invoice", "Invoice")).hasSize(1);
    }

    @Test
    void showsEachObjectOnceHoweverOftenItChanged() throws Exception {
        ledger.create("Invoice", 2);
        ledger.update("Invoice", "1");
        ledger.pay("1");
        ledger.voidIt("Invoice", "2");

        var rows = groups("Invoice,invoice", START).get(0).path("Invoice");

        assertThat(rows.findValuesAsText("SyncToken")).containsExactly("1", "2");
        assertThat(rows.get(0).path("PrivateNote").asText()).startsWith("Voided");
    }

    @Test
    void showsInactiveRecordsOfLists() throws Exception {
        ledger.create("Customer");
        ledger.deactivate("Customer", "1");

        assertThat(groups("Customer", START).get(0).at("/Customer/0/Active").asText()).isEqualTo("false");
    }

    @Test
    void showsTheLoserOfAMergeAsDeletedOrInactive() throws Exception {
        ledger.create("Customer", 3);
        clock.advance(Duration.ofSeconds(1));
        ledger.merge("Customer", "1", "2");
        var deleted = groups("Customer", "2026-03-15T20:07:37-07:00").get(0).path("Customer");
        ledger.keepingLosers(true).merge("Customer", "1", "3");
        var inactive = groups("Customer", "2026-03-15T20:07:37-07:00").get(0).path("Customer");

        assertThat(texts(deleted, "/Id")).containsExactly("1", "2");
        assertThat(texts(deleted, "/status")).containsExactly("", "Deleted");
        assertThat(texts(inactive, "/Id")).containsExactly("3", "1", "2");
        assertThat(texts(inactive, "/Active")).containsExactly("false", "true", "");
        assertThat(ledger.latest()).extracting(Change::objectId).containsExactly("1|2", "3|1");
    }

    @Test
    void forgetsADeletionAfterThirtyDays() throws Exception {
        ledger.create("Bill");
        ledger.delete("Bill", "1");

        clock.advance(Duration.ofDays(30).minusSeconds(1));
        var later = new Client(simulator, REALM);
        assertThat(later.cdc("Bill", START).body()).contains("Deleted");
        clock.advance(Duration.ofSeconds(2));
        var refused = later.cdc("Bill", START);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Client.json(refused).at("/Fault/Error/0/code").asText()).isEqualTo("500");
        assertThat(Client.json(refused).at("/Fault/Error/0/Detail").asText()).isEqualTo("Operation cdc with changedSince"
                + " date 2026-03-15T20:07:36-07:00 which is older than fixed days is not supported.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JournalCode", "TaxAgency", "TimeActivity", "TaxCode", "taxrate"})
    void refusesWhatIsExcluded(String entity) throws Exception {
        assertThat(code("/cdc?entities=Invoice," + entity + "&changedSince=2026-03-15")).isEqualTo("500");
    }

    @ParameterizedTest
    @CsvSource({
        "/cdc?entities=Nothing&changedSince=2026-03-15, 4001", "/cdc?changedSince=2026-03-15, 2020",
        "/cdc?entities=&changedSince=2026-03-15, 2020", "/cdc?entities=Invoice, 2020",
        "/cdc?entities=Invoice&changedSince=, 2020", "/cdc?entities=Invoice&changedSince=soon, 4001",
        "/cdc?entities=Invoice&changedSince=2026-03-15T20:07:36+02:00, 4001",
    })
    void refusesWhatCannotBeMeant(String path, String code) throws Exception {
        assertThat(code(path)).isEqualTo(code);
    }

    @Test
    void remembersWhatWasAsked() throws Exception {
        client.cdc("customer,Invoice,Rocket", START);
        client.cdc("Invoice", "soon");

        var calls = simulator.calls();
        assertThat(calls.api()).isEqualTo(2);
        assertThat(calls.count(Call.Kind.CDC, REALM)).isEqualTo(2);
        assertThat(calls.count(Call.Kind.CDC, REALM, "Customer")).isEqualTo(1);
        assertThat(calls.last().get(0).entities()).isEqualTo(List.of("Customer", "Invoice"));
        assertThat(calls.last()).extracting(Call::text).containsExactly(START, "soon");
        assertThat(calls.last().get(0).changedSince()).hasValue(Instant.parse("2026-03-16T03:07:36Z"));
    }

    @Test
    void letsTheBooksChangeBeforeTheAnswerIsSent() throws Exception {
        ledger.create("Invoice");
        simulator.afterCdc(served -> ledger.create(served.entities().get(0)));

        assertThat(ids(START, "Invoice", "Invoice")).containsExactly("1");
        assertThat(ids(START, "Invoice", "Invoice")).containsExactly("2", "1");
    }

    @Test
    void seesAChangeLaterThanItsTimeSays() throws Exception {
        ledger.create("Invoice", 2);
        ledger.lagging(Duration.ofSeconds(10)).update("Invoice", "1");
        ledger.delete("Invoice", "2");
        clock.advance(Duration.ofSeconds(3));
        ledger.lagging(Duration.ZERO).create("Invoice");

        assertThat(syncTokens()).as("a later change is there before the earlier ones").containsExactly("0", "0", "0");
        assertThat(client.rows("SELECT COUNT(*) FROM Invoice").path("totalCount").asInt()).isEqualTo(3);
        assertThat(client.get("/invoice/2").statusCode()).isEqualTo(400);

        clock.advance(Duration.ofSeconds(7));
        assertThat(syncTokens()).containsExactly("0", "1", "");
        assertThat(ids(START, "Invoice", "Invoice")).containsExactly("3", "1", "2");
        assertThat(client.rows("SELECT COUNT(*) FROM Invoice").path("totalCount").asInt()).isEqualTo(2);
        assertThat(groups("Invoice", START).get(0).at("/Invoice/1/MetaData/LastUpdatedTime").asText()).isEqualTo(START);
    }

    @Test
    void keepsTheOrderOfOneRecordsOwnChanges() throws Exception {
        ledger.lagging(Duration.ofSeconds(10)).create("Invoice");
        ledger.lagging(Duration.ZERO).update("Invoice", "1");

        assertThat(ids(START, "Invoice", "Invoice")).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        assertThat(syncTokens()).containsExactly("1");
    }

    private List<String> syncTokens() throws Exception {
        return texts(groups("Invoice", START).get(0).path("Invoice"), "/SyncToken");
    }

    private JsonNode groups(String entities, String since) throws Exception {
        var response = client.cdc(entities, since);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Client.json(response).at("/CDCResponse/0/QueryResponse");
    }

    private List<String> ids(String since, String entities, String entity) throws Exception {
        return texts(groups(entities, since).get(0).path(entity), "/Id");
    }

    private String code(String path) throws Exception {
        var response = client.get(path);
        assertThat(response.statusCode()).isEqualTo(400);
        return Client.json(response).at("/Fault/Error/0/code").asText();
    }

    private static List<String> texts(JsonNode rows, String pointer) {
        return StreamSupport.stream(rows.spliterator(), false).map(row -> row.at(pointer).asText()).toList();
    }
}
