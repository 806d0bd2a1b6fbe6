// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import qboevents.simulator.MovableClock;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** What a step does, on one node and on several. */
class RetentionStepsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant OLD = NOW.minus(40, ChronoUnit.DAYS);

    @OnEachDatabase
    void goesFromOneInstanceToTheNextAFewHundredRowsAtATime(TestDatabase database) {
        try (var rows = Rows.in(database)) {
            rows.insert(1, 0, 1205, OLD);
            rows.insert(2, 10_000, 30, OLD);
            rows.insert(2, 20_000, 30, NOW);
            rows.owe(1, 2);
            rows.jdbc().sql("insert into operator_event (created_at, kind, message) values (:old, 'reconnect-needed', 'x')")
                    .param("old", OLD.atOffset(ZoneOffset.UTC)).update();
            var clock = MovableClock.at(NOW);
            var one = rows.retention(clock);
            var other = rows.retention(clock);

            one.step();
            other.step(); // in the same second: it is done already

            assertThat(rows.count("event")).isBetween(1265 - 500, 1264);
            for (int i = 0; i < 4; i++) {
                int before = rows.count("event");
                clock.advance(Duration.ofSeconds(1));
                (i % 2 == 0 ? other : one).step();
                assertThat(rows.count("event")).isBetween(before - 500, before);
            }
            assertThat(rows.count("event")).isEqualTo(610 - 5 + 30);
            assertThat(rows.count("attempt")).isEqualTo(61 + 3);
            assertThat(rows.count("operator_event")).isZero();
        }
    }

    @OnEachDatabase
    void keepsWhatIntuitMaySendAgain(TestDatabase database) {
        try (var rows = Rows.in(database)) {
            rows.insert(1, 0, 20, NOW);
            var clock = MovableClock.at(NOW);
            var retention = rows.retention(clock, Duration.ofMinutes(1));

            clock.advance(Duration.ofHours(23));
            retention.step();
            assertThat(rows.count("event")).isEqualTo(20);
            clock.advance(Duration.ofHours(2));
            retention.step();
            assertThat(rows.count("event")).isZero();
        }
    }
}
