// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.Fault;
import qboevents.testing.TestDatabase;

/** A cursor follows QuickBooks' clock, but not into the future. */
@ExtendWith(OutputCaptureExtension.class)
class WrongTimeTest {

    private static final Duration FAR = Duration.ofDays(1);

    private static Map<String, String> by(String strategy) {
        return Map.of("event.poller.strategy", strategy);
    }

    @ParameterizedTest
    @CsvSource({"H2, auto", "H2, query", "POSTGRESQL, auto", "POSTGRESQL, query"})
    void passesOverNothingWhenOneAnswerTellsAWrongTime(TestDatabase database, String strategy, CapturedOutput log) {
        try (var scene = Scene.on(database)) {
            var company = scene.connect(by(strategy), "bills").poll();
            scene.clock.advance(Duration.ofMinutes(15));
            var wrong = scene.clock.instant().plus(FAR);
            scene.quickBooks.fail(Fault.withTime(wrong).forRealm(company.realm()).once());

            company.poll();

            assertThat(company.pollerRecord("bills").cursor().orElseThrow()).isBefore(scene.clock.instant());
            assertThat(log.getAll().lines().filter(line -> line.contains("instance " + company.id() + " bills")
                            && line.contains("QuickBooks told the time " + wrong.toString().substring(0, 19))))
                    .isNotEmpty();
            var bill = company.books().create("Bill");
            company.poll().awaitTold(Company.word("bills", bill));
            assertThat(company.pollerRecord("bills").lastError()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, auto", "H2, query", "POSTGRESQL, auto", "POSTGRESQL, query"})
    void readsAgainWhatACursorHasPassedOver(TestDatabase database, String strategy, CapturedOutput log) {
        try (var scene = Scene.on(database)) {
            var company = scene.connect(by(strategy), "bills").poll();
            var told = company.books().create("Bill");
            company.poll().awaitTold(Company.word("bills", told));
            var future = scene.clock.instant().plus(FAR);
            setCursors(scene, company, future);
            scene.clock.advance(Duration.ofHours(2));
            var passedOver = company.books().create("Bill");
            scene.clock.advance(Duration.ofHours(2));

            company.poll();
            assertThat(company.pollerRecord("bills").cursor().orElseThrow()).isBefore(scene.clock.instant());
            assertThat(log.getAll()).contains("instance " + company.id() + " bills: all before " + future.toString().substring(0, 19));

            company.poll().awaitTold(Company.word("bills", told), Company.word("bills", passedOver));
        }
    }

    /** As versions have left them that believed every time. */
    private static void setCursors(Scene scene, Company company, Instant until) {
        scene.service().bean(JdbcClient.class)
                .sql("update poll_cursor set read_until = :until, captured_until = :until, clock_ahead = null where instance_id = :id")
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("id", company.id())
                .update();
    }

    @ParameterizedTest(name = "{0} hours ahead")
    @ValueSource(ints = {-3, 3})
    void isJudgedByWhatItsClockShowedBefore(int hours) {
        try (var scene = Scene.withClocksApart(Duration.ofHours(hours))) {
            var company = scene.connect("bills").poll();
            var first = company.books().create("Bill");
            company.poll().awaitTold(Company.word("bills", first));
            scene.quickBooks.fail(Fault.withTime(scene.clock.instant().plus(FAR)).forRealm(company.realm()).once());
            company.poll();
            var second = company.books().create("Bill");

            company.poll().awaitTold(Company.word("bills", first), Company.word("bills", second));
        }
    }

    @Test
    void doesNotFollowARecordIntoTheFuture() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(by("query"), "bills").poll();
            var fault = scene.quickBooks.fail(Fault.withoutTime().forRealm(company.realm()));
            var early = company.books().createLate("Bill", FAR.negated());
            company.poll();
            fault.clear();
            var bill = company.books().create("Bill");

            company.poll().awaitTold(Company.word("bills", early), Company.word("bills", bill));
        }
    }

    @Test
    void aWrongTimeInThePastReadsNothingAgain() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(by("query"), "bills").poll();
            var cursor = company.pollerRecord("bills").cursor().orElseThrow();
            scene.quickBooks.fail(Fault.withTime(scene.clock.instant().minus(Duration.ofDays(2000))).forRealm(company.realm()).once());

            company.poll();

            assertThat(company.pollerRecord("bills").cursor().orElseThrow()).isAfterOrEqualTo(cursor);
        }
    }
}
