// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.delivery.Samples.NOW;
import static qboevents.delivery.Samples.atEase;
import static qboevents.delivery.Samples.delivered;
import static qboevents.delivery.Samples.delivery;
import static qboevents.delivery.Samples.retry;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Receivers that refuse a share of what they are sent, so that much waits for its retry. */
class CrowdTest {

    private static final long ANY = 999;
    private static final int SIZE = delivery(7, 1, "o").bytes();
    private static final Instant LATER = NOW.plusSeconds(60);

    private final Lanes lanes = lanes(new Crowd(10, 1000));

    @Test
    void remembersNoMoreThanItsBoundOfWhatAReceiverRefuses() {
        for (long id = 1; id <= 100; id++) {
            if (lanes.admit(7, id, SIZE, NOW, NOW)) {
                lanes.add(delivery(7, id, "o" + id), NOW);
                settle(id % 2 == 0 ? delivered(next()) : retry(next(), LATER));
            } else {
                lanes.written(7, true, NOW);
            }
        }

        assertThat(lanes.known(7)).isEqualTo(10);
        assertThat(lanes.crowded(7)).isTrue();
        assertThat(lanes).extracting("room").extracting("bytes").isEqualTo(0L);
    }

    @Test
    void dropsWhatIsNewAndSendsARetryThatIsDue() {
        crowd(9);
        handOver(10);
        handOver(11);
        settle(retry(next(), LATER));

        assertThat(lanes.knows(7, 11)).isFalse();
        assertThat(next()).isNull();
        look(LATER, delivery(7, 1, "o1"));
        assertThat(next(LATER).id()).isEqualTo(1);
        assertThat(lanes.crowded(7)).isTrue();
    }

    @Test
    void sendsNothingNewThatALookHasFoundMeanwhile() {
        crowd(9);
        look(NOW, delivery(7, 20, "o20"));
        var last = next();
        lanes.expect(7, LATER);
        lanes.open(LATER, NOW);
        settle(retry(last, LATER));
        lanes.looked(7, List.of(delivery(7, 1, "o1"), delivery(7, 21, "o21")), null, LATER);

        assertThat(next(LATER).id()).isEqualTo(1);
        assertThat(next(LATER)).isNull();
        assertThat(lanes.knows(7, 21)).isFalse();
    }

    @Test
    void goesOnWhenHalfIsTakenAndLooksForWhatIsNewFirst() {
        crowd(10);
        assertThat(lanes.admit(7, ANY, SIZE, NOW, NOW)).isFalse();
        lanes.written(7, true, NOW);
        for (long id = 1; id <= 6; id++) {
            look(LATER, delivery(7, id, "o" + id));
            assertThat(lanes.crowded(7)).isTrue();
            lanes.answered(delivered(next(LATER)), LATER);
        }

        assertThat(lanes.crowded(7)).isFalse();
        assertThat(lanes.admit(7, ANY, SIZE, LATER, NOW)).isFalse(); // what was left in the database is in front of it
        lanes.written(7, true, LATER);
        look(LATER, delivery(7, 20, "o7"), delivery(7, 21, "o21"));
        assertThat(next(LATER).id()).isEqualTo(21); // an older state of what 20 tells waits for its retry
        assertThat(next(LATER)).isNull();
        look(LATER, delivery(7, 7, "o7"));
        lanes.answered(delivered(next(LATER)), LATER);
        assertThat(next(LATER).id()).isEqualTo(20);
    }

    /** An operator has asked for it to be sent again, and something older of its object was read afterwards. */
    @Test
    void keepsWhatIsNewInFrontOfARetry() {
        lanes.park(7, Map.of(Owed.of(delivery(7, 30, "a")), LATER), false, NOW);
        look(NOW, delivery(7, 29, "a", "b"), delivery(7, 28, "b"), delivery(7, 31, "a"));
        crowdFrom(1, 9);

        assertThat(LongStream.rangeClosed(28, 31).filter(id -> lanes.knows(7, id))).containsExactly(28L, 29L);
    }

    @Test
    void hasABoundForAllLanesBeyondWhichThoseWithAFewTryNothingNew() {
        var all = lanes(new Crowd(100, 20));
        for (long instance = 7; instance <= 8; instance++) {
            for (long id = instance * 100; id < instance * 100 + 9; id++) {
                park(all, instance, id);
            }
        }
        park(all, 9, 900);
        assertThat(LongStream.rangeClosed(7, 9).filter(all::crowded)).isEmpty();

        park(all, 9, 901);
        all.probe(NOW);

        assertThat(LongStream.rangeClosed(7, 9).filter(all::crowded)).containsExactly(7L, 8L);
        assertThat(all.mostParked()).isEqualTo(8);
        all.close(8);
        all.probe(NOW);
        assertThat(LongStream.rangeClosed(7, 9).filter(all::crowded)).isEmpty(); // and the lane is looked at
        assertThat(all.open(NOW, NOW)).extracting(Lanes.Look::instanceId).contains(7L);
    }

    @Test
    void takesALaneAnewWhenHalfOfThePartIsTakenThatWasRead() {
        var part = new LinkedHashMap<Owed, Instant>();
        LongStream.rangeClosed(1, 4).forEach(id -> part.put(Owed.of(delivery(7, id, "o" + id)), NOW));
        lanes.park(7, part, true, NOW);
        assertThat(lanes.crowded(7)).isTrue();

        look(NOW, delivery(7, 1, "o1"), delivery(7, 2, "o2"));
        lanes.answered(delivered(next()), NOW);
        assertThat(lanes.owns(7, NOW)).isTrue();
        lanes.answered(delivered(next()), NOW);

        assertThat(lanes.owns(7, NOW)).isFalse();
        assertThat(lanes.open(NOW.plusSeconds(1), NOW)).extracting(Lanes.Look::leased).containsExactly(false);
    }

    private static Lanes lanes(Crowd crowd) {
        var lanes = new Lanes(30, 20, 30, atEase(20), 1_000_000, 1_000_000, crowd);
        LongStream.rangeClosed(7, 9).forEach(id -> lanes.leased(id, Instant.MAX));
        return lanes;
    }

    private void crowd(int most) {
        crowdFrom(1, most);
    }

    private void crowdFrom(long first, long last) {
        LongStream.rangeClosed(first, last).forEach(id -> park(lanes, 7, id));
        lanes.probe(NOW);
    }

    private static void park(Lanes lanes, long instance, long id) {
        lanes.park(instance, Map.of(Owed.of(delivery(instance, id, "o" + id)), LATER), false, NOW);
    }

    private void handOver(long id) {
        assertThat(lanes.admit(7, id, SIZE, NOW, NOW)).isTrue();
        lanes.add(delivery(7, id, "o" + id), NOW);
    }

    private void settle(Outcome outcome) {
        lanes.answered(outcome, NOW);
        lanes.settled(List.of(outcome), NOW);
    }

    private void look(Instant time, Delivery... found) {
        lanes.expect(7, time);
        assertThat(lanes.open(time, NOW)).extracting(Lanes.Look::instanceId).containsExactly(7L);
        lanes.looked(7, List.of(found), null, time);
    }

    private Delivery next() {
        return next(NOW);
    }

    private Delivery next(Instant now) {
        return lanes.next(now, NOW);
    }
}
