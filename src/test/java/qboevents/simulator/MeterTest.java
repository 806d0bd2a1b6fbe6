// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeterTest {

    private static final String NOTHING = "SELECT * FROM Invoice";

    private final MovableClock clock = MovableClock.at(Instant.parse("2026-03-31T23:00:00Z"));
    private final QuickBooksSimulator simulator = new QuickBooksSimulator(clock);
    private final Meter meter = simulator.meter();
    private final Client client = new Client(simulator, "42");

    MeterTest() {
        simulator.limits().observeOnly();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void countsWhatIsAnsweredWell() throws Exception {
        client.query(NOTHING);
        client.cdc("Invoice", "2026-03-30");
        client.get("/invoice/1");
        client.query("SELEKT");
        client.withToken("stranger").query(NOTHING);
        new Client(simulator, "43").query(NOTHING);

        assertThat(simulator.calls().api()).isEqualTo(6);
        assertThat(meter.count("42")).isEqualTo(2);
        assertThat(meter.count("42", Call.Kind.CDC)).isEqualTo(1);
        assertThat(meter.count("42", Call.Kind.READ)).isZero();
        assertThat(meter.count()).isEqualTo(3);
    }

    @Test
    void countsWhatWasDoneEvenIfTheAnswerWasSpoiled() throws Exception {
        simulator.fail(Fault.halfBody().once());
        simulator.fail(Fault.faultInOk().once());
        simulator.fail(Fault.hugeBody(10_000).once());
        simulator.fail(Fault.slow(Duration.ofMillis(1)).once());
        simulator.fail(Fault.status(503).once());
        assertThatThrownBy(() -> client.query(NOTHING)).isInstanceOf(IOException.class);
        for (var i = 0; i < 4; i++) {
            client.query(NOTHING);
        }

        assertThat(simulator.calls().api()).isEqualTo(5);
        assertThat(meter.count()).isEqualTo(4);
    }

    @Test
    void refusesAllCompaniesUntilTheFirstOfTheMonth() throws Exception {
        meter.blockAt(2);
        client.cdc("Invoice", "2026-03-30");
        client.query(NOTHING);

        var refused = client.cdc("Invoice", "2026-03-30");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Client.json(refused).at("/Fault/Error/0/code").asText()).isEqualTo("3001");
        assertThat(new Client(simulator, "43").query(NOTHING).statusCode()).isEqualTo(429);
        assertThat(meter.count()).isEqualTo(2);

        clock.advance(Duration.ofHours(1));
        assertThat(new Client(simulator, "42").query(NOTHING).statusCode()).isEqualTo(200);
        assertThat(meter.count()).isEqualTo(1);
        assertThat(meter.count(YearMonth.of(2026, 3), "42")).isEqualTo(2);
    }
}
