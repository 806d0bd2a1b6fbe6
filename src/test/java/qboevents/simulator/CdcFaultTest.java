// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CdcFaultTest {

    private static final String REALM = "42";
    private static final String START = "2026-03-15T20:07:36-07:00";
    private static final String FOUR = "Vendor,Invoice,Bill,Customer";

    private final MovableClock clock = MovableClock.at(Instant.parse("2026-03-16T03:07:36Z"));
    private final QuickBooksSimulator simulator = new QuickBooksSimulator(clock);
    private final Ledger ledger = simulator.ledger(REALM);
    private final Client client = new Client(simulator, REALM);

    /** Vendors 1 to 2, invoices 1 to 8, and bills 1 to 8, of which 1 and 2 are deleted: one of each in a second. */
    @BeforeEach
    void fill() {
        simulator.limits().observeOnly();
        for (var i = 0; i < 8; i++) {
            ledger.create("Invoice");
            ledger.create("Bill");
            clock.advance(Duration.ofSeconds(1));
        }
        ledger.create("Vendor", 2);
        ledger.delete("Bill", "1");
        ledger.delete("Bill", "2");
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void cutsWhatAClientWouldNeverMiss() throws Exception {
        ledger.create("Invoice");
        simulator.cdc().cap(13);

        assertThat(shown("Vendor")).as("looks unchanged").isEmpty();
        assertThat(shown("Invoice")).as("looks whole, and is").hasSize(9);
        assertThat(shown("Bill")).hasSize(4).doesNotContain("1", "2");
        assertThat(shown("Bill")).as("neither the first nor the last four").isNotEqualTo(List.of("6", "5", "4", "3"))
                .isNotEqualTo(List.of("8", "7", "6", "5"));
        assertThat(answer().findValuesAsText("totalCount")).containsExactly("13");
    }

    @Test
    void showsAllWhenTheCapIsReachedExactly() throws Exception {
        simulator.cdc().cap(18);

        assertThat(shown("Vendor")).hasSize(2);
        assertThat(answer().findValuesAsText("totalCount")).containsExactly("18");
    }

    @ParameterizedTest
    @CsvSource({
        "NEWEST, 5 4 3 2 1, 5 4 3, ''",
        "OLDEST, 8 7, 8 7 1 2, 2 1",
        "BY_ENTITY, 8 7 6 5 4 3, '', 2 1",
    })
    void cutsAsItIsTold(Cut cut, String invoices, String bills, String vendors) throws Exception {
        simulator.cdc().cap(8).cutting(cut);

        assertThat(String.join(" ", shown("Invoice"))).isEqualTo(invoices);
        assertThat(String.join(" ", shown("Bill"))).isEqualTo(bills);
        assertThat(String.join(" ", shown("Vendor"))).isEqualTo(vendors);
    }

    @Test
    void capsEveryEntityForItself() throws Exception {
        simulator.cdc().cap(3).capPerEntity(true);

        assertThat(shown("Vendor")).hasSize(2);
        assertThat(shown("Invoice")).hasSize(3);
        assertThat(shown("Bill")).hasSize(3);
    }

    @Test
    void endsAtAThousandUnlessTold() throws Exception {
        ledger.create("Payment", 1001);

        assertThat(Client.json(client.cdc("Payment", START)).at("/CDCResponse/0/QueryResponse/0/Payment")).hasSize(1000);
    }

    @ParameterizedTest
    @EnumSource(CdcFault.Place.class)
    void failsOneEntityInAnAnswerOf200(CdcFault.Place place) throws Exception {
        simulator.cdc().failing("Bill", CdcFault.system().in(place));

        var answer = answer();
        var fault = switch (place) {
            case GROUP -> answer.at("/CDCResponse/0/QueryResponse/2/Fault");
            case ANSWER, INSTEAD -> answer.at("/CDCResponse/0/Fault");
            case OWN_ANSWER -> answer.at("/CDCResponse/1/Fault");
        };
        assertThat(fault.at("/Error/0/code").asText()).isEqualTo("10000");
        assertThat(fault.at("/Error/0/Detail").asText()).endsWith(": Bill");
        assertThat(shown("Invoice")).hasSize(place == CdcFault.Place.INSTEAD ? 0 : 8);
        assertThat(shown("Bill")).isEmpty();

        simulator.clearFaults();
        assertThat(shown("Bill")).hasSize(8);
    }

    @Test
    void failsSeveralWithoutSayingWhich() throws Exception {
        simulator.cdc().failing("Bill", CdcFault.error("5030", "Feature Not Supported").unnamed())
                .failing("Invoice", CdcFault.system().in(CdcFault.Place.OWN_ANSWER))
                .failing("Customer", CdcFault.system().in(CdcFault.Place.OWN_ANSWER));

        var answer = answer();
        assertThat(answer.at("/CDCResponse/0/QueryResponse/1/Fault").toString())
                .contains("\"code\":\"5030\"").doesNotContain("Bill");
        assertThat(answer.path("CDCResponse")).hasSize(3);
    }

    @Test
    void failsAsQueriesDo() throws Exception {
        simulator.fail(Fault.throttled().onlyFor(Call.Kind.CDC).once());
        simulator.fail(Fault.htmlInOk().forEntity("Bill").once());
        simulator.fail(Fault.unauthorized().once());
        simulator.fail(Fault.faultInOk().once());
        simulator.fail(Fault.slow(Duration.ofMillis(10)).once());
        assertThat(client.query("SELECT * FROM Term").statusCode()).as("not meant, but unauthorized").isEqualTo(401);

        assertThat(client.cdc(FOUR, START).statusCode()).isEqualTo(429);
        assertThat(client.cdc(FOUR, START).body()).startsWith("<html>");
        assertThat(client.cdc(FOUR, START).body()).startsWith("{\"Fault\"");
        assertThat(client.cdc(FOUR, START).body()).startsWith("{\"CDCResponse\"");

        simulator.fail(Fault.halfBody().once());
        assertThatThrownBy(() -> client.cdc(FOUR, START)).isInstanceOf(IOException.class);
    }

    @Test
    void sendsMoreThanAnybodyShouldHoldOrNoTimeOrAPoisonedRecord() throws Exception {
        simulator.fail(Fault.hugeBody(100_000).once());
        var huge = client.cdc("Invoice", START).body();
        assertThat(huge).hasSizeGreaterThan(100_000).startsWith("{\"CDCResponse\"");
        assertThat(Json.read(huge.getBytes()).at("/CDCResponse/0/QueryResponse/0/Invoice").size()).isGreaterThan(40);

        simulator.fail(Fault.withoutTime().once());
        assertThat(answer().has("time")).isFalse();

        simulator.fail(Fault.poisoned("Invoice", "3"));
        assertThat(client.cdc(FOUR, START).statusCode()).isEqualTo(500);
        simulator.fail(Fault.poisoned("Vendor", "3"));
        assertThat(client.cdc("Vendor,Bill", START).statusCode()).as("a bill has that id").isEqualTo(200);
    }

    @Test
    void isRefusedOverTheSecondsLimitAndToStrangers() throws Exception {
        assertThat(client.withToken("stranger").cdc(FOUR, START).statusCode()).isEqualTo(401);
        client.withToken(simulator.accessToken("43"));
        assertThat(client.cdc(FOUR, START).statusCode()).isEqualTo(403);
        simulator.limits().enforce().of(2, 500);
        assertThat(client.cdc(FOUR, START).statusCode()).isEqualTo(429);
    }

    private JsonNode answer() throws Exception {
        return Client.json(client.cdc(FOUR, START));
    }

    private List<String> shown(String entity) throws Exception {
        var found = new ArrayList<String>();
        answer().at("/CDCResponse/0/QueryResponse").forEach(group ->
                group.path(entity).forEach(object -> found.add(object.path("Id").asText())));
        return found;
    }
}
