// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import qboevents.instance.Instance;

class LanesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final int SIZE = Delivery.bytes(List.of());

    private final Lanes lanes = new Lanes(3, 2, 1_000_000);

    @Test
    void startsAsManyHandsAsThereIsToDoAndAnInstanceMayHave() {
        handOver(7, 1, 2, 3);
        assertThat(lanes.start()).isEqualTo(2);
        assertThat(lanes.start()).isZero();

        handOver(8, 4, 5, 6);
        assertThat(lanes.start()).isEqualTo(1); // three at most
    }

    @Test
    void sendsOfEachInstanceInTurnTheOldestFirst() {
        handOver(7, 1, 2);
        handOver(8, 3, 4);

        assertThat(List.of(lanes.next().id(), lanes.next().id(), lanes.next().id(), lanes.next().id()))
                .containsExactly(1L, 3L, 2L, 4L);
    }

    @Test
    void letsNoInstanceHaveMoreThanItsHands() {
        handOver(7, 1, 2, 3);
        lanes.start();
        lanes.next();
        lanes.next();

        assertThat(lanes.next()).isNull();
        lanes.landed(7);
        assertThat(lanes.start()).isEqualTo(1);
        assertThat(lanes.next().id()).isEqualTo(3);
    }

    @Test
    void handsNothingOverThatSomethingOlderIsInFrontOf() {
        lanes.expect(7, NOW);

        assertThat(lanes.admit(7, SIZE, NOW)).isFalse();
        assertThat(lanes.open(NOW)).containsExactly(new Lanes.Share(7, 16));
        assertThat(lanes.admit(7, SIZE, NOW)).isFalse();
        lanes.looked(7, List.of(), NOW.plusSeconds(60));
        assertThat(lanes.admit(7, SIZE, NOW)).isTrue(); // only retries are left, and they are not due
    }

    @Test
    void handsNothingOverThatThereIsNoRoomFor() {
        var small = new Lanes(3, 2, 2L * SIZE);

        assertThat(small.admit(7, SIZE, NOW)).isTrue();
        assertThat(small.admit(8, SIZE, NOW)).isTrue();
        assertThat(small.admit(9, SIZE, NOW)).isFalse();
        small.refuse(8, SIZE);
        assertThat(small.admit(9, SIZE, NOW)).isTrue();
    }

    @Test
    void looksAtALaneAtItsTimeAndOnlyWhenItsHandsNeedMore() {
        lanes.expect(7, NOW.plusSeconds(10));
        lanes.expect(7, NOW.plusSeconds(5));
        lanes.expect(8, NOW.plusSeconds(20));

        assertThat(lanes.more(NOW)).isFalse();
        assertThat(lanes.more(NOW.plusSeconds(5))).isTrue();
        assertThat(lanes.open(NOW.plusSeconds(5))).extracting(Lanes.Share::instanceId).containsExactly(7L);
        lanes.looked(7, deliveries(7, 1, 2), NOW);
        assertThat(lanes.more(NOW.plusSeconds(5))).isFalse();
        lanes.next();
        assertThat(lanes.more(NOW.plusSeconds(5))).isTrue();
    }

    @Test
    void remembersNothingOfAnInstanceWithNothingToDo() {
        handOver(7, 1);
        lanes.start();
        lanes.next();
        lanes.landed(7);

        assertThat(lanes.next()).isNull();
        assertThat(lanes).extracting("lanes").isEqualTo(Map.of());
        assertThat(lanes).extracting("bytes").isEqualTo(0L);
    }

    @Test
    void givesUpWhatWaitsOfAnInstance() {
        handOver(7, 1, 2);
        handOver(8, 3);

        assertThat(lanes.drain(7)).extracting(Delivery::id).containsExactly(1L, 2L);
        assertThat(lanes.next().id()).isEqualTo(3);
        assertThat(lanes.next()).isNull();
    }

    private void handOver(long instance, long... ids) {
        deliveries(instance, ids).forEach(each -> {
            assertThat(lanes.admit(instance, each.bytes(), NOW)).isTrue();
            lanes.add(each);
        });
    }

    private static List<Delivery> deliveries(long instanceId, long... ids) {
        var instance = new Instance(instanceId, 1, "", List.of(), "1", true, NOW, false, Map.of(), null);
        return LongStream.of(ids)
                .mapToObj(id -> new Delivery(id, instance, "bills", 0, NOW, NOW, 1, NOW.plus(Duration.ofMinutes(1)), List.of()))
                .toList();
    }
}
