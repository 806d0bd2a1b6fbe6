// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.delivery.Samples.NOW;
import static qboevents.delivery.Samples.atEase;
import static qboevents.delivery.Samples.dead;
import static qboevents.delivery.Samples.delivered;
import static qboevents.delivery.Samples.delivery;
import static qboevents.delivery.Samples.retry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final long ANY = 99;
    private static final int SIZE = delivery(7, 1, "o").bytes();

    private final Lanes lanes = new Lanes(3, 2, 3, atEase(2), 1_000_000, 1_000_000, new Crowd(2000, 50_000));

    @BeforeEach
    void lease() {
        lanes.leased(7, Instant.MAX);
        lanes.leased(8, Instant.MAX);
    }

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

        assertThat(List.of(next().id(), next().id(), next().id(), next().id())).containsExactly(1L, 3L, 2L, 4L);
    }

    @Test
    void letsNoInstanceHaveMoreThanItsHands() {
        handOver(7, 1, 2, 3);
        lanes.start();
        var first = next();
        next();

        assertThat(next()).isNull();
        lanes.answered(delivered(first), NOW);
        assertThat(lanes.start()).isEqualTo(1);
        assertThat(next().id()).isEqualTo(3);
    }

    @Test
    void letsNoHostHaveMoreThanItsHandsHoweverManyInstancesItServes() {
        var several = new Lanes(9, 2, 3, atEase(2), 1_000_000, 1_000_000, new Crowd(2000, 50_000));
        for (long instance = 1; instance <= 3; instance++) {
            toOneHost(several, instance, instance * 10);
            toOneHost(several, instance, instance * 10 + 1);
        }
        several.leased(7, Instant.MAX);
        assertThat(List.of(next(several).id(), next(several).id(), next(several).id())).containsExactly(10L, 20L, 30L);

        assertThat(next(several)).isNull();
        handOver(several, delivery(7, 1, "o"));
        assertThat(next(several).id()).isEqualTo(1); // another host
        for (long id : List.of(10L, 20L, 30L)) {
            several.answered(delivered(Samples.deliveryTo("shared", id / 10, id, "o" + id)), NOW);
            assertThat(next(several).id()).isEqualTo(id + 1);
            assertThat(next(several)).isNull();
        }
        for (long id : List.of(11L, 21L, 31L)) {
            several.answered(delivered(Samples.deliveryTo("shared", id / 10, id, "o" + id)), NOW);
        }
        several.answered(delivered(delivery(7, 1, "o")), NOW);
        assertThat(several).extracting("turns").extracting("hosts").extracting("hosts", "sending").containsExactly(Map.of(), Map.of());
    }

    @Test
    void givesTheTurnAtAHostToTheNextWhenAnInstanceIsClosed() {
        var several = new Lanes(9, 2, 1, atEase(2), 1_000_000, 1_000_000, new Crowd(2000, 50_000));
        for (long instance = 1; instance <= 4; instance++) {
            toOneHost(several, instance, instance);
        }
        assertThat(next(several).id()).isEqualTo(1);
        assertThat(next(several)).isNull();
        several.close(2); // while it waits
        several.answered(delivered(Samples.deliveryTo("shared", 1, 1, "o1")), NOW);
        several.close(3); // when it would have been its turn

        assertThat(next(several).id()).isEqualTo(4);
    }

    private static void toOneHost(Lanes lanes, long instanceId, long id) {
        lanes.leased(instanceId, Instant.MAX);
        handOver(lanes, Samples.deliveryTo("shared", instanceId, id, "o" + id));
    }

    private static Delivery next(Lanes lanes) {
        return lanes.next(NOW, NOW);
    }

    @Test
    void handsNothingOverThatSomethingOlderIsInFrontOf() {
        lanes.expect(7, NOW);

        assertThat(admitted(7)).isFalse();
        assertThat(lanes.open(NOW, NOW)).extracting(Lanes.Look::instanceId).containsExactly(7L);
        assertThat(admitted(7)).isFalse();
        lanes.written(7, false, NOW);
        lanes.written(7, false, NOW);
        lanes.looked(7, List.of(), null, NOW);
        assertThat(admitted(7)).isTrue();
    }

    @Test
    void sendsNothingThatWaitedBehindWhatWasNotSentAfterAll() {
        handOver(lanes, delivery(7, 1, "o"));
        handOver(lanes, delivery(7, 2, "o"));
        lanes.start();
        var first = next();
        assertThat(first.id()).isEqualTo(1);

        lanes.untried(first);

        assertThat(next()).isNull();
        assertThat(lanes.known(7)).isZero();
    }

    @Test
    void handsNothingOverBeforeALookHasSucceeded() {
        lanes.expect(7, NOW);
        lanes.open(NOW, NOW);
        lanes.unread(7, NOW.plusSeconds(1));

        assertThat(admitted(7)).isFalse();
        lanes.written(7, true, NOW);
        lanes.open(NOW.plusSeconds(1), NOW);
        lanes.looked(7, List.of(), null, NOW.plusSeconds(1));

        assertThat(admitted(7)).isTrue();
    }

    @Test
    void defersWhatComesWhileSomethingOlderIsNotCommittedYet() {
        lanes.expect(7, NOW);
        assertThat(admitted(7)).isFalse();
        lanes.open(NOW, NOW);
        lanes.looked(7, List.of(), null, NOW);

        handOver(7, 2);
        assertThat(next()).isNull();
        assertThat(lanes.knows(7, 2)).isTrue();
        lanes.written(7, true, NOW);
        assertThat(next()).isNull();
        lanes.open(NOW, NOW);
        lanes.looked(7, List.of(delivery(7, 1, "o2")), null, NOW);

        assertThat(List.of(next().id(), next() == null)).containsExactly(1L, true);
        lanes.answered(delivered(delivery(7, 1, "o2")), NOW);
        assertThat(next().id()).isEqualTo(2);
    }

    @Test
    void leavesToTheDatabaseWhatIsDeferredWhenThereIsNoRoomForMore() {
        var small = new Lanes(3, 2, 3, atEase(2), 2L * SIZE, 2L * SIZE, new Crowd(2000, 50_000));
        small.leased(7, Instant.MAX);
        small.expect(7, NOW);
        small.open(NOW, NOW);
        small.looked(7, List.of(), null, NOW);
        small.expect(7, NOW);
        for (long id = 1; id <= 2; id++) {
            assertThat(small.admit(7, id, SIZE, NOW, NOW)).isTrue();
            small.add(delivery(7, id, "o" + id), NOW);
        }
        assertThat(small.admit(7, ANY, SIZE, NOW, NOW)).isFalse();
        small.written(7, true, NOW);

        assertThat(small.more(NOW)).isTrue();
        assertThat(small.open(NOW, NOW)).hasSize(1);
        assertThat(small.knows(7, 1)).isFalse();
        small.looked(7, List.of(delivery(7, 1, "o1"), delivery(7, 2, "o2"), delivery(7, 3, "o3")), null, NOW);
        assertThat(small.next(NOW, NOW).id()).isEqualTo(1);
    }

    @Test
    void handsNothingOverOfALaneThatMayBeAnotherNodesBeforeItIsSent() {
        lanes.leased(7, NOW.plusSeconds(10));

        assertThat(lanes.admit(7, ANY, SIZE, NOW, NOW.plusSeconds(15))).isFalse();
        assertThat(lanes.admit(7, ANY, SIZE, NOW, NOW.plusSeconds(9))).isFalse(); // the first is in front of it
        lanes.written(7, false, NOW);
        lanes.written(7, false, NOW);
        assertThat(lanes.admit(7, ANY, SIZE, NOW, NOW.plusSeconds(9))).isTrue();
    }

    @Test
    void sendsNothingThatWouldOutliveTheLease() {
        handOver(7, 1);
        lanes.leased(7, NOW.plusSeconds(10));

        assertThat(lanes.next(NOW, NOW.plusSeconds(15))).isNull();
        lanes.renewed(List.of(7L), List.of(7L), NOW.plusSeconds(30), NOW);
        assertThat(lanes.next(NOW, NOW.plusSeconds(15))).isNotNull();
    }

    @Test
    void forgetsWhatAnotherNodeHasTakenOver() {
        handOver(7, 1);

        lanes.renewed(List.of(7L), List.of(), NOW.plusSeconds(30), NOW);

        assertThat(next()).isNull();
        assertThat(lanes).extracting("room").extracting("bytes").isEqualTo(0L);
    }

    /** It is due in the database still, where its failed try was not written down. */
    @Test
    void sendsNothingAgainOfALaneThatTurnsOutToBeAnothers() {
        handOver(7, 1);
        var outcome = retry(next(), NOW.plusSeconds(5));
        lanes.answered(outcome, NOW);

        lanes.lost(List.of(7L), NOW);
        lanes.settled(List.of(outcome), NOW);

        assertThat(lanes.owns(7, NOW)).isFalse();
        assertThat(lanes.open(NOW, NOW)).extracting(Lanes.Look::leased).containsExactly(false);
    }

    @Test
    void handsNothingOverThatThereIsNoRoomFor() {
        var small = new Lanes(3, 2, 3, atEase(2), 2L * SIZE, 2L * SIZE, new Crowd(2000, 50_000));
        LongStream.of(7, 8, 9).forEach(id -> small.leased(id, Instant.MAX));

        assertThat(small.admit(7, ANY, SIZE, NOW, NOW)).isTrue();
        assertThat(small.admit(8, ANY, SIZE, NOW, NOW)).isTrue();
        assertThat(small.admit(9, ANY, SIZE, NOW, NOW)).isFalse();
        small.written(9, false, NOW);
        small.refuse(8, ANY, SIZE);
        assertThat(small.admit(9, ANY, SIZE, NOW, NOW)).isTrue();
    }

    @Test
    void keepsRoomForOthersWhereOneInstanceHasMuch() {
        var small = new Lanes(8, 2, 8, atEase(2), 8L * SIZE, 2L * SIZE, new Crowd(2000, 50_000));
        LongStream.of(7, 8, 9).forEach(id -> small.leased(id, Instant.MAX));
        for (long id = 1; id <= 4; id++) {
            handOver(small, delivery(7, id, "o" + id));
        }

        assertThat(small.admit(7, ANY, SIZE, NOW, NOW)).isFalse();
        handOver(small, delivery(8, 11, "o"));
        handOver(small, delivery(8, 12, "p"));
        assertThat(small.admit(8, ANY, SIZE, NOW, NOW)).isFalse();
        handOver(small, delivery(9, 21, "o"));
        handOver(small, delivery(9, 22, "p"));
        small.expect(10, NOW);

        assertThat(small.open(NOW, NOW)).extracting(Lanes.Look::instanceId).containsExactly(10L); // though all is full
    }

    @Test
    void keepsNothingForAReceiverThatIsDownAndReadsItAgain() {
        for (long id = 1; id <= 20; id++) {
            handOver(7, id);
        }
        for (int i = 0; i < 4; i++) {
            lanes.start();
            lanes.answered(retry(next(), NOW.plusSeconds(60)), NOW);
        }

        assertThat(lanes).extracting("room").extracting("bytes").isEqualTo(0L);
        assertThat(lanes.known(7)).isEqualTo(4);
        assertThat(admitted(7)).isFalse();
        lanes.written(7, true, NOW);
        assertThat(lanes.open(NOW, NOW)).extracting(Lanes.Look::most).containsExactly(2);
        lanes.looked(7, List.of(delivery(7, 5, "o5"), delivery(7, 6, "o6")), NOW, NOW);
        assertThat(next()).isNull();
        assertThat(lanes.more(NOW)).isFalse();
        lanes.probe(NOW.plusSeconds(1));
        var probe = lanes.next(NOW.plusSeconds(1), NOW);
        assertThat(probe.id()).isEqualTo(5);
        lanes.answered(delivered(probe), NOW);
        assertThat(next().id()).isEqualTo(6);
    }

    @Test
    void forgetsNothingOfWhatIsBeingReadWhenAReceiverGoesDown() {
        for (long id = 1; id <= 5; id++) {
            handOver(7, id);
        }
        lanes.expect(7, NOW);
        for (int i = 0; i < 3; i++) {
            lanes.answered(retry(next(), NOW.plusSeconds(60)), NOW);
        }
        var fourth = next();
        assertThat(lanes.open(NOW, NOW)).hasSize(1);
        lanes.answered(retry(fourth, NOW.plusSeconds(60)), NOW);
        assertThat(lanes.knows(7, 5)).isTrue();

        lanes.looked(7, List.of(delivery(7, 6, "o5")), null, NOW); // a later state of what 5 tells

        assertThat(lanes.knows(7, 5)).isFalse();
        assertThat(lanes.knows(7, 6)).isFalse();
        assertThat(lanes.more(NOW)).isTrue();
    }

    @Test
    void looksAtALaneAtItsTimeAndOnlyWhenItsHandsNeedMore() {
        lanes.expect(7, NOW.plusSeconds(10));
        lanes.expect(7, NOW.plusSeconds(5));
        lanes.expect(8, NOW.plusSeconds(20));

        assertThat(lanes.more(NOW)).isFalse();
        assertThat(lanes.more(NOW.plusSeconds(5))).isTrue();
        assertThat(lanes.open(NOW.plusSeconds(5), NOW)).extracting(Lanes.Look::instanceId).containsExactly(7L);
        lanes.looked(7, List.of(delivery(7, 1, "a"), delivery(7, 2, "b")), NOW, NOW);
        assertThat(lanes.more(NOW.plusSeconds(5))).isFalse();
        next();
        assertThat(lanes.more(NOW.plusSeconds(5))).isTrue();
    }

    @Test
    void looksAgainWhenSomethingWasWrittenWhileItLooked() {
        lanes.expect(7, NOW);
        lanes.open(NOW, NOW);
        lanes.expect(7, NOW);

        lanes.looked(7, List.of(), null, NOW);

        assertThat(lanes.more(NOW)).isTrue();
    }

    @Test
    void sendsNothingAfterALastTryUntilTheInstanceIsReadAgain() {
        handOver(7, 1, 2, 3);
        var first = next();

        lanes.answered(dead(first), NOW);

        assertThat(next()).isNull();
        assertThat(admitted(7)).isFalse();
        lanes.written(7, true, NOW);
        assertThat(lanes.more(NOW)).isFalse();
        lanes.settled(List.of(dead(first)), NOW);
        assertThat(next()).isNull();
        assertThat(lanes.more(NOW)).isTrue();
        assertThat(lanes.open(NOW, NOW)).extracting(Lanes.Look::leased).containsExactly(false);
    }

    @Test
    void sendsNothingTwiceThatWasReadBeforeItLeft() {
        handOver(7, 1);
        lanes.expect(7, NOW);
        lanes.open(NOW, NOW); // and the row of 1 is read
        var first = next();
        lanes.answered(delivered(first), NOW);
        lanes.settled(List.of(delivered(first)), NOW);

        lanes.looked(7, List.of(first), null, NOW);

        assertThat(next()).isNull();
        assertThat(lanes.knows(7, 1)).isFalse();
    }

    @Test
    void reReadsARetryWhenItIsDue() {
        handOver(7, 1);
        var first = next();

        lanes.answered(retry(first, NOW.plusSeconds(5)), NOW);
        lanes.settled(List.of(retry(first, NOW.plusSeconds(5))), NOW);

        assertThat(lanes.more(NOW.plusSeconds(4))).isFalse();
        var look = lanes.open(NOW.plusSeconds(5), NOW).get(0);
        assertThat(look.parked()).extracting(owed -> owed.id).containsExactly(1L);
        lanes.looked(7, List.of(first), null, NOW.plusSeconds(5));
        assertThat(next().id()).isEqualTo(1);
    }

    @Test
    void remembersNothingOfAnInstanceWithNothingToDoForLong() {
        handOver(7, 1);
        lanes.start();
        var first = next();
        lanes.answered(delivered(first), NOW);
        lanes.settled(List.of(delivered(first)), NOW);
        assertThat(next()).isNull();

        lanes.toRenew(NOW, NOW.plusSeconds(1));

        assertThat(lanes).extracting("places").isEqualTo(Map.of());
        assertThat(lanes).extracting("room").extracting("bytes").isEqualTo(0L);
    }

    /** Between the commit and the handing over it can be found, sent and settled. */
    @Test
    void sendsOnceWhatIsFoundInTheDatabaseBeforeItIsHandedOver() {
        var delivery = delivery(7, 1, "o");
        assertThat(lanes.admit(7, 1, delivery.bytes(), NOW, NOW)).isTrue();
        lanes.expect(7, NOW);
        lanes.open(NOW, NOW);
        lanes.looked(7, List.of(delivery), null, NOW);
        lanes.start();
        var sent = delivered(next());
        lanes.answered(sent, NOW);
        lanes.settled(List.of(sent), NOW);

        lanes.add(delivery, NOW);

        assertThat(next()).isNull();
        assertThat(lanes).extracting("room").extracting("bytes").isEqualTo(0L);
    }

    /** Handed over and deferred after the look has read it, and still behind something when the look ends. */
    @Test
    void sendsOnceWhatIsHandedOverWhileItIsRead() {
        var delivery = delivery(7, 1, "o");
        lanes.expect(7, NOW.plusSeconds(60));
        assertThat(lanes.admit(7, 1, delivery.bytes(), NOW, NOW)).isTrue();
        lanes.expect(7, NOW);
        lanes.open(NOW, NOW);
        lanes.add(delivery, NOW);
        assertThat(lanes.admit(7, 2, SIZE, NOW, NOW)).isFalse();
        lanes.looked(7, List.of(delivery), null, NOW);
        lanes.start();
        var sent = delivered(next());
        lanes.answered(sent, NOW);
        lanes.settled(List.of(sent), NOW);

        lanes.written(7, true, NOW);
        lanes.open(NOW, NOW);
        lanes.looked(7, List.of(), null, NOW);

        assertThat(next()).isNull();
        assertThat(lanes).extracting("room").extracting("bytes").isEqualTo(0L);
    }

    private Delivery next() {
        return lanes.next(NOW, NOW);
    }

    private boolean admitted(long instanceId) {
        return lanes.admit(instanceId, ANY, SIZE, NOW, NOW);
    }

    private void handOver(long instanceId, long... ids) {
        LongStream.of(ids).mapToObj(id -> delivery(instanceId, id, "o" + id)).forEach(each -> handOver(lanes, each));
    }

    private static void handOver(Lanes lanes, Delivery delivery) {
        assertThat(lanes.admit(delivery.instance().id(), delivery.id(), delivery.bytes(), NOW, NOW)).isTrue();
        lanes.add(delivery, NOW);
    }
}
