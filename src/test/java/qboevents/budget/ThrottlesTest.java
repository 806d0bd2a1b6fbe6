// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import qboevents.event.ReadFailure;
import qboevents.simulator.MovableClock;

/** A minute too full and a month used up are told apart by how long they last. */
class ThrottlesTest {

    private static final Company COMPANY = new Company("46", false);

    private final MovableClock clock = MovableClock.at(Instant.parse("2026-11-20T12:00:00Z"));
    private final Throttles throttles = new Throttles(clock);

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            throttles.answered(COMPANY, 429);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    private Duration pause() {
        var failure = catchThrowableOfType(ReadFailure.class, () -> throttles.check(COMPANY));
        return failure == null ? Duration.ZERO : failure.pause().orElseThrow();
    }

    @Test
    void leavesShortTroubleToTheUsualPause() {
        refuse(4);
        assertThat(pause()).isZero();

        throttles.answered(COMPANY, 200);
        refuse(4);

        assertThat(pause()).isZero();
        assertThat(throttles.news()).isEmpty();
    }

    @Test
    void takesManyAtOnceForAMinuteTooFull() {
        for (int i = 0; i < 50; i++) {
            throttles.answered(COMPANY, 429);
        }

        assertThat(pause()).isZero();
    }

    @Test
    void waitsLongerTheLongerItLastsAndTellsAnOperator() {
        refuse(5);
        assertThat(pause()).isEqualTo(Duration.ofMinutes(9));
        assertThat(throttles.news()).hasValueSatisfying(news -> assertThat(news).contains("46", "5 calls in a row"));
        throttles.answered(COMPANY, 429); // was under way
        assertThat(pause()).isEqualTo(Duration.ofMinutes(9));

        clock.advance(Duration.ofMinutes(9));
        assertThatCode(() -> throttles.check(COMPANY)).as("one more try").doesNotThrowAnyException();
        throttles.answered(COMPANY, 429);
        assertThat(pause()).isEqualTo(Duration.ofMinutes(20));

        for (int i = 0; i < 5; i++) {
            clock.advance(pause());
            throttles.answered(COMPANY, 429);
        }
        assertThat(pause()).isEqualTo(Duration.ofHours(1));
        assertThatCode(() -> throttles.check(new Company("47", false))).doesNotThrowAnyException();

        throttles.answered(COMPANY, 200);
        assertThat(pause()).isZero();
    }
}
