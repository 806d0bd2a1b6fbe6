// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private final MovableClock clock = MovableClock.at(Instant.parse("2026-03-16T03:07:36Z"));
    private final Limits limits = new Limits(clock::instant);
    private final QuickBooksSimulator simulator = new QuickBooksSimulator(Clock.fixed(clock.instant(), ZoneOffset.UTC));

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void refusesTheEleventhCallOfASecondAndForgetsItAfterwards() {
        assertThat(counted("42", 11)).containsExactly(10, 1);
        assertThat(counted("43", 1)).containsExactly(1, 0);

        clock.advance(Duration.ofMillis(999));
        assertThat(counted("42", 1)).containsExactly(0, 1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(counted("42", 1)).containsExactly(1, 0);

        assertThat(limits.mostInASecond("42")).isEqualTo(12);
        assertThat(limits.mostInASecond("44")).isZero();
    }

    @Test
    void refusesTheCallOverTheMinute() {
        for (var second = 0; second < 50; second++) {
            assertThat(counted("42", 10)).containsExactly(10, 0);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(counted("42", 1)).containsExactly(0, 1);
        assertThat(limits.mostInAMinute("42")).isEqualTo(501);
    }

    @Test
    void onlyObservesWhenToldTo() {
        limits.observeOnly();

        assertThat(counted("42", 600)).containsExactly(600, 0);
        assertThat(limits.mostInASecond("42")).isEqualTo(600);
    }

    @Test
    void answersTheCallTooManyAsItIsToldTo() throws Exception {
        var client = new Client(simulator, "42");
        simulator.limits().of(1, 500).inXml().withRetryAfter("60");

        assertThat(client.query("SELECT * FROM Term").statusCode()).isEqualTo(200);
        var refused = client.query("SELECT * FROM Term");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(refused.body()).contains("ThrottleExceeded").startsWith("<?xml");
    }

    @Test
    void lettingTheClockStandStillDoesNotPutEveryCallIntoOneSecond() {
        var real = Instant.now();
        var standing = MovableClock.at(Instant.parse("2026-03-16T03:07:36Z"));

        assertThat(standing.flowing()).isAfterOrEqualTo(real);
        assertThat(standing.instant()).isEqualTo("2026-03-16T03:07:36Z");
    }

    @Test
    void countsTheCallsOfEveryKind() throws Exception {
        var client = new Client(simulator, "42");
        client.query("SELECT * FROM Bill");
        client.query("SELECT * FROM Invoice");
        client.get("/invoice/1");

        var calls = simulator.calls();
        assertThat(calls.api()).isEqualTo(3);
        assertThat(calls.count(Call.Kind.QUERY, "42")).isEqualTo(2);
        assertThat(calls.count(Call.Kind.QUERY, "42", "Bill")).isEqualTo(1);
        assertThat(calls.last()).extracting(Call::text).containsExactly(
                "SELECT * FROM Bill", "SELECT * FROM Invoice", "1");
    }

    @Test
    void followsAnotherClockAtADistance() {
        var following = MovableClock.following(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

        following.advance(Duration.ofMinutes(5));
        assertThat(following.instant()).isEqualTo(Instant.EPOCH.plusSeconds(300));
        following.set(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(following.instant()).isEqualTo("2026-01-01T00:00:00Z");
    }

    /** How many pass, and how many do not. */
    private List<Integer> counted(String realmId, int calls) {
        var refused = (int) IntStream.range(0, calls).filter(each -> limits.count(realmId).isPresent()).count();
        return List.of(calls - refused, refused);
    }
}
