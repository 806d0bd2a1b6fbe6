// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuickBooksClockTest {

    private static final QuickBooksClock UNKNOWN = new QuickBooksClock(null);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant OURS = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void isWhateverItTellsFirst() {
        assertThat(UNKNOWN.believes(OURS.plus(Duration.ofDays(300)), OURS)).isTrue();
    }

    @Test
    void runsAsOursDoesWhereverItStands() {
        var clock = UNKNOWN.told(OURS.plus(HOUR), OURS);
        var later = OURS.plusSeconds(900);

        assertThat(clock.believes(later.plus(HOUR).plusSeconds(590), later)).isTrue();
        assertThat(clock.believes(later.plus(HOUR).plusSeconds(610), later)).isFalse();
    }

    @Test
    void isBelievedWhenOurClockWasFastAndIsPutRight() {
        var clock = UNKNOWN.told(OURS, OURS.plus(HOUR));

        assertThat(clock.believes(OURS.plusSeconds(900), OURS.plusSeconds(900))).isTrue();
    }

    @Test
    void isBelievedAgainAfterOneAnswerThatWasBehind() {
        var clock = UNKNOWN.told(OURS.plus(HOUR), OURS).told(OURS.minus(Duration.ofDays(2000)), OURS);

        assertThat(clock.believes(OURS.plus(HOUR), OURS)).isTrue();
    }

    @Test
    void isFollowedWhenOurClockWasSlowAndIsPutRight() {
        var clock = UNKNOWN.told(OURS.plus(HOUR), OURS);
        for (int poll = 0; poll < 12; poll++) {
            clock = clock.told(OURS, OURS);
        }

        assertThat(clock.ahead()).isZero();
    }

    @Test
    void showsThatACursorHasPassedItWhereOurClockAgrees() {
        assertThat(QuickBooksClock.passed(OURS.plus(HOUR), OURS, OURS)).isTrue();
        assertThat(QuickBooksClock.passed(OURS.plusSeconds(590), OURS, OURS)).as("within the tolerance").isFalse();
        assertThat(QuickBooksClock.passed(OURS, OURS.minus(HOUR), OURS)).as("the answer is wrong, not the cursor").isFalse();
        assertThat(QuickBooksClock.passed(null, OURS, OURS)).isFalse();
    }
}
