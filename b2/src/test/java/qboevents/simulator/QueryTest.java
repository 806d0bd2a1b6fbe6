// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static final String REALM = "42";

    private final MovableClock clock = MovableClock.at(Instant.parse("2026-03-16T03:07:36.123Z"));
    private final QuickBooksSimulator simulator = new QuickBooksSimulator(clock);
    private final Ledger ledger = simulator.ledger(REALM);
    private final Client client = new Client(simulator, REALM);

    QueryTest() {
        simulator.limits().observeOnly();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void answersInPacificTimeWithTheTimeLast() throws Exception {
        ledger.create("Term");

        var response = client.query("select * from Term");

        assertThat(response.body()).isEqualTo("{\"QueryResponse\":{\"Term\":[{\"domain\":\"QBO\",\"sparse\":false,"
                + "\"Id\":\"1\",\"SyncToken\":\"0\",\"MetaData\":{\"CreateTime\":\"2026-03-15T20:07:36-07:00\","
                + "\"LastUpdatedTime\":\"2026-03-15T20:07:36-07:00\"},\"Name\":\"Net 1\",\"Active\":true,"
                + "\"Type\":\"STANDARD\",\"DiscountPercent\":0,\"DueDays\":30}],\"startPosition\":1,\"maxResults\":1},"
                + "\"time\":\"2026-03-15T20:07:36.123-07:00\"}");
        assertThat(response.headers().firstValue("intuit_tid")).isPresent();
    }

    @Test
    void answersWithoutAnArrayWhenThereAreNoRows() throws Exception {
        var response = client.query("SELECT * FROM Invoice");

        assertThat(response.body()).isEqualTo("{\"QueryResponse\":{},\"time\":\"2026-03-15T20:07:36.123-07:00\"}");
    }

    @Test
    void walksByUpdateTimeThroughSecondsThatAreFullerThanAPage() throws Exception {
        for (var second = 0; second < 3; second++) {
            ledger.create("Invoice", 25);
            clock.advance(Duration.ofSeconds(1));
        }

        var first = client.rows("SELECT * FROM Invoice WHERE MetaData.LastUpdatedTime >= '2026-03-15T20:07:37-07:00'"
                + " ORDERBY MetaData.LastUpdatedTime ASC MAXRESULTS 20");
        var second = client.rows("SELECT * FROM Invoice WHERE MetaData.LastUpdatedTime >= '2026-03-16T03:07:37Z'"
                + " ORDER BY Metadata.LastUpdatedTime STARTPOSITION 21 MAXRESULTS 20");

        assertThat(first.path("maxResults").asInt()).isEqualTo(20);
        assertThat(second.path("startPosition").asInt()).isEqualTo(21);
        assertThat(times(first)).containsOnly("2026-03-15T20:07:37-07:00");
        assertThat(times(second)).isSorted().contains("2026-03-15T20:07:38-07:00");
        assertThat(ids(first)).doesNotContainAnyElementsOf(ids(second)).hasSize(20);
    }

    @Test
    void putsTheNewestIdFirstWhenNoOrderIsAsked() throws Exception {
        ledger.create("Invoice", 12);

        assertThat(ids(client.rows("SELECT * FROM Invoice MAXRESULTS 4"))).containsExactly("12", "11", "10", "9");
        assertThat(ids(client.rows("SELECT * FROM Invoice ORDERBY Id ASC MAXRESULTS 2"))).containsExactly("12", "11");
    }

    @Test
    void givesAHundredRowsUnlessAskedAndNeverMoreThanAThousand() throws Exception {
        ledger.create("Invoice", 1100);

        assertThat(ids(client.rows("SELECT * FROM Invoice"))).hasSize(100);
        assertThat(ids(client.rows("SELECT * FROM Invoice MAXRESULTS 5000"))).hasSize(1000);
        assertThat(client.rows("SELECT COUNT(*) FROM Invoice").path("totalCount").asInt()).isEqualTo(1100);
    }

    @Test
    void hidesInactiveRowsOfAListUnlessTheyAreAskedFor() throws Exception {
        ledger.create("Customer", 2);
        ledger.deactivate("Customer", "1");

        assertThat(ids(client.rows("SELECT * FROM Customer"))).containsExactly("2");
        assertThat(ids(client.rows("SELECT * FROM Customer WHERE Active IN (true, false)"))).containsExactly("2", "1");
        assertThat(ids(client.rows("SELECT * FROM Customer WHERE Active = false"))).containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Id = '2'|1",
        "Id IN ('1', '3', '99')|2",
        "DocNumber = 'INV-3'|1",
        "DocNumber LIKE 'inv%'|3",
        "TotalAmt > '200' AND TotalAmt <= 256.50|3",
        "CustomerRef = '24'|3",
        "CustomerRef = '25'|0",
        "TxnDate < CURRENT_DATE|0",
        "MetaData.LastUpdatedTime = '2026-03-15T20:07:36-0700'|3",
        "MetaData.LastUpdatedTime < '2026-03-15T20:07:36'|0",
        "MetaData.CreateTime >= '2026-03-15'|3",
        "MetaData.LastUpdatedTime > '2026-03-14' AND MetaData.LastUpdatedTime < '2026-03-14'|0",
        "PrivateNote = 'it\\'s'|0"
    })
    void compares(String condition, int rows) throws Exception {
        ledger.create("Invoice", 3);

        assertThat(ids(client.rows("SELECT * FROM Invoice WHERE " + condition))).hasSize(rows);
    }

    @Test
    void sortsByAnyProperty() throws Exception {
        ledger.create("Invoice", 3);
        ledger.update("Invoice", "2", invoice -> invoice.put("TotalAmt", 7));

        assertThat(ids(client.rows("SELECT * FROM Invoice ORDERBY TotalAmt ASC, DocNumber DESC")))
                .containsExactly("2", "3", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "SELEKT * FROM Invoice", "SELECT Id FROM Invoice", "SELECT * FROM Invoice WHERE Id = '1' OR Id = '2'",
        "SELECT * FROM Invoice MAXRESULTS ten", "SELECT * FROM Invoice WHERE DocNumber = 'open"
    })
    void refusesWhatItCannotRead(String statement) throws Exception {
        assertThat(code(statement)).isEqualTo("4000");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT * FROM Nothing", "SELECT * FROM Invoice WHERE Colour = 'red'", "SELECT * FROM Invoice STARTPOSITION 0",
        "SELECT * FROM Invoice WHERE Id > '1'", "SELECT * FROM Invoice WHERE Id LIKE '1%'",
        "SELECT * FROM Invoice WHERE Active = true", "SELECT * FROM Invoice WHERE MetaData.LastUpdatedTime > 'soon'"
    })
    void refusesWhatCannotBeMeant(String statement) throws Exception {
        assertThat(code(statement)).isEqualTo("4001");
    }

    @Test
    void takesTheStatementAsABody() throws Exception {
        ledger.create("Invoice");

        var response = client.send(client.api("/query").header("Content-Type", "application/text")
                .POST(BodyPublishers.ofString("SELECT * FROM Invoice")), BodyHandlers.ofString());

        assertThat(ids(Client.json(response).path("QueryResponse"))).containsExactly("1");
    }

    @Test
    void zipsWhenAsked() throws Exception {
        ledger.create("Invoice", 50);

        var response = client.send(client.api("/query?query=SELECT+*+FROM+Invoice").header("Accept-Encoding", "gzip"),
                BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
        var text = new String(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes(), UTF_8);
        assertThat(ids(Json.read(text.getBytes(UTF_8)).path("QueryResponse"))).hasSize(50);
    }

    @Test
    void readsOneRecord() throws Exception {
        ledger.create("BillPayment");

        assertThat(Client.json(client.get("/billpayment/1")).path("BillPayment").path("Id").asText()).isEqualTo("1");
        assertThat(client.get("/billpayment/2").statusCode()).isEqualTo(400);
        assertThat(client.get("/billpayment/2").body()).contains("\"code\":\"610\"");
    }

    @Test
    void letsTheBooksChangeBetweenTwoPages() throws Exception {
        ledger.create("Invoice", 3);
        simulator.afterQuery(page -> ledger.delete("Invoice", "1"));

        assertThat(ids(client.rows("SELECT * FROM Invoice"))).contains("1");
        assertThat(client.get("/invoice/1").statusCode()).isEqualTo(400);
    }

    private String code(String statement) throws Exception {
        var response = client.query(statement);
        assertThat(response.statusCode()).isEqualTo(400);
        return Client.json(response).at("/Fault/Error/0/code").asText();
    }

    private static List<String> ids(JsonNode response) {
        return all(response, "/Id");
    }

    private static List<String> times(JsonNode response) {
        return all(response, "/MetaData/LastUpdatedTime");
    }

    private static List<String> all(JsonNode response, String pointer) {
        var found = new ArrayList<String>();
        response.forEach(member -> member.forEach(row -> found.add(row.at(pointer).asText())));
        return found;
    }
}
