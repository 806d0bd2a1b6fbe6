// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.delivery.Samples.NOW;
import static qboevents.delivery.Samples.delivery;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class PaceTest {

    private double load;
    private long time;
    private final Pace pace = new Pace(8, () -> load, () -> time);

    private int after(Duration pause) {
        time += pause.toNanos();
        return pace.hands();
    }

    private int handsAfterASecond() {
        int hands = 0;
        for (int i = 0; i < 4; i++) {
            hands = after(Duration.ofMillis(250));
        }
        return hands;
    }

    @Test
    void givesMoreAndMoreHandsWhileTheMachineHasCpuLeft() {
        assertThat(after(Duration.ZERO)).isOne();
        assertThat(after(Duration.ofMillis(100))).as("not asked yet").isOne();
        assertThat(handsAfterASecond()).isEqualTo(5);
        assertThat(handsAfterASecond()).isEqualTo(8);
    }

    @Test
    void takesHandsBackWhenTheMachineIsBusyButTheLast() {
        pace.hands();
        handsAfterASecond();

        load = 0.7;
        assertThat(handsAfterASecond()).isEqualTo(5);
        load = 0.85;
        assertThat(after(Duration.ofMillis(250))).isEqualTo(2);
        assertThat(handsAfterASecond()).isOne();
    }

    @Test
    void beginsWithOneAgainAfterAWhile() {
        pace.hands();
        handsAfterASecond();

        assertThat(after(Duration.ofMinutes(1))).isOne();
    }

    @Test
    void doesNotHoldUpWhereNobodyKnowsTheLoad() {
        load = -1;
        pace.hands();

        handsAfterASecond();

        assertThat(handsAfterASecond()).isEqualTo(8);
    }

    @Test
    void isKeptByWhatIsOldAndNotByWhatIsNew() {
        load = 1;
        var lane = new Lane(7, 8, pace);
        for (long id = 1; id <= 20; id++) {
            lane.add(delivery(7, id, "o" + id));
        }
        var later = NOW.plusSeconds(62);
        var sent = new ArrayList<Long>();

        for (int i = 0; i < 3; i++) {
            assertThat(lane.hasNext(later)).isTrue();
            sent.add(lane.next().id());
            assertThat(lane.hasNext(later)).as("beside what is under way").isFalse();
            assertThat(lane.hasNext(NOW)).as("when it was new").isTrue();
            lane.delivered(sent.get(i));
        }

        assertThat(sent).containsExactly(1L, 2L, 3L);
    }
}
