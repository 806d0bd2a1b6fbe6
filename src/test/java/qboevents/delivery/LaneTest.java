// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.delivery.Samples.NOW;
import static qboevents.delivery.Samples.atEase;
import static qboevents.delivery.Samples.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LaneTest {

    private final Lane lane = new Lane(7, 3, atEase(3));

    @Test
    void sendsTheNextStateOfAnObjectOnlyWhenTheOneBeforeWasTaken() {
        lane.add(delivery(7, 1, "a"));
        lane.add(delivery(7, 2, "a"));
        lane.add(delivery(7, 3, "b"));

        assertThat(taken(NOW)).containsExactly(1L, 3L);
        lane.delivered(1);
        assertThat(taken(NOW)).containsExactly(2L);
    }

    @Test
    void letsWhatIsNewerWaitThroughARetryAndOtherObjectsPass() {
        lane.add(delivery(7, 1, "a"));
        lane.add(delivery(7, 2, "a", "b"));
        lane.add(delivery(7, 3, "c"));
        taken(NOW);

        lane.refused(1, NOW.plusSeconds(5), NOW);
        lane.written(1);

        assertThat(taken(NOW)).isEmpty();
        assertThat(lane.due(NOW.plusSeconds(4), 10)).isEmpty();
        assertThat(lane.due(NOW.plusSeconds(5), 10)).extracting(owed -> owed.id).containsExactly(1L);
        lane.add(delivery(7, 1, "a"));
        assertThat(taken(NOW)).containsExactly(1L);
        lane.delivered(1);
        assertThat(taken(NOW)).containsExactly(2L);
    }

    @Test
    void putsWhatIsFoundLateInFrontOfWhatIsNewer() {
        lane.add(delivery(7, 5, "a"));
        lane.add(delivery(7, 2, "a"));

        assertThat(taken(NOW)).containsExactly(2L);
        lane.delivered(2);
        assertThat(taken(NOW)).containsExactly(5L);
    }

    @Test
    void knowsWhatItHasUntilThatIsOnDisk() {
        lane.add(delivery(7, 1, "a"));
        taken(NOW);
        lane.delivered(1);

        assertThat(lane.add(delivery(7, 1, "a"))).isFalse();
        assertThat(lane.knows(1)).isTrue();
        lane.written(1);
        assertThat(lane.knows(1)).isFalse();
        assertThat(lane.isEmpty()).isTrue();
    }

    @Test
    void asksADatabaseOfWhatIsParkedOnlyWhenItWasToldOfTheRetry() {
        lane.add(delivery(7, 1, "a"));
        taken(NOW);
        lane.refused(1, NOW.plusSeconds(5), NOW);

        assertThat(lane.knows(1)).isTrue();
        lane.written(1);
        assertThat(lane.knows(1)).isFalse();
        assertThat(lane.add(delivery(7, 1, "a"))).isTrue(); // an operator has made it due
        assertThat(taken(NOW)).containsExactly(1L);
    }

    @Test
    void probesAReceiverThatIsDownAndSendsAllWhenItIsBack() {
        IntStream.rangeClosed(1, 20).forEach(id -> lane.add(delivery(7, id, "o" + id)));
        var until = NOW.plusSeconds(60);
        for (var id : taken(NOW)) {
            lane.refused(id, until, NOW);
        }
        taken(NOW).forEach(id -> lane.refused(id, until, NOW));

        assertThat(lane.down()).isTrue();
        assertThat(lane.hasNext(NOW.plusMillis(999))).isFalse();
        assertThat(lane.hasNext(NOW.plusSeconds(1))).isTrue();
        var probe = lane.next();
        assertThat(lane.hasNext(NOW.plusSeconds(100))).isFalse();
        lane.refused(probe.id(), until, NOW.plusSeconds(1));
        assertThat(lane.hasNext(NOW.plusSeconds(2))).isFalse(); // the pause grows
        assertThat(lane.hasNext(NOW.plusSeconds(3))).isTrue();
        lane.delivered(lane.next().id());

        assertThat(taken(NOW.plusSeconds(3))).hasSize(3);
    }

    @Test
    void triesWhatFailedBeforeOnItsOwnScheduleThoughTheReceiverIsDown() {
        IntStream.rangeClosed(1, 5).forEach(id -> lane.add(delivery(7, id, "o" + id)));
        for (int i = 0; i < 5; i++) {
            taken(NOW.plusSeconds(40 * i)).forEach(id -> lane.refused(id, NOW.plusSeconds(5), NOW));
        }
        assertThat(lane.down()).isTrue();

        lane.add(delivery(7, 2, "o2"));

        assertThat(taken(NOW.plusSeconds(5))).containsExactly(2L);
    }

    @Test
    void sendsWhatWasHeldBackOneAfterTheOtherTheOldestFirst() {
        lane.standInLine();
        for (int id = 1; id <= Lane.IN_LINE; id++) {
            lane.add(delivery(7, id, "o" + id));
            assertThat(taken(NOW)).containsExactly((long) id);
            lane.add(delivery(7, id + 1, "o" + (id + 1)));
            assertThat(lane.hasNext(NOW)).isFalse();
            lane.delivered(id);
            lane.written(id);
        }

        lane.add(delivery(7, 300, "a"));
        lane.add(delivery(7, 301, "b"));

        assertThat(taken(NOW)).containsExactly(Lane.IN_LINE + 1L, 300L, 301L);
    }

    @Test
    void letsALaterStateOfWhatWasHeldBackWaitForItsTurn() {
        lane.standInLine();
        lane.add(delivery(7, 1, "a"));
        lane.add(delivery(7, 2, "b"));
        lane.add(delivery(7, 3, "a"));
        lane.add(delivery(7, 4, "c"));

        for (long id = 1; id <= 4; id++) {
            assertThat(taken(NOW)).containsExactly(id);
            lane.delivered(id);
        }
    }

    @Test
    void takesUpWhatWasTriedBeforeInItsOrder() {
        for (int id = 1; id <= 3; id++) {
            lane.park(Owed.of(delivery(7, id, "o" + id)), NOW);
        }
        lane.add(delivery(7, 4, "o1"));
        for (int id = 1; id <= 3; id++) {
            lane.add(delivery(7, id, "o" + id));
        }

        assertThat(taken(NOW)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void forgetsEverythingButWhatIsUnderWay() {
        lane.add(delivery(7, 1, "a"));
        lane.add(delivery(7, 2, "b"));
        lane.next();

        assertThat(lane.clear()).extracting(Delivery::id).containsExactly(2L);
        lane.add(delivery(7, 3, "a"));
        assertThat(lane.hasNext(NOW)).isFalse();
        lane.delivered(1);
        assertThat(taken(NOW)).containsExactly(3L);
        assertThat(lane.hands()).isEqualTo(1); // it was held back, and comes in its order
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    /** Random notifications, failures, restarts and late finds: each object's states are first sent in their order. */
    @ParameterizedTest
    @MethodSource("seeds")
    void neverSendsALaterStateBeforeAnEarlierOne(int seed) {
        var random = new Random(seed);
        var database = new LinkedHashMap<Long, Delivery>(); // what is owed
        var until = new HashMap<Long, Instant>(); // of what was tried
        var tried = new LinkedHashMap<String, List<Long>>();
        var accepted = new HashMap<Long, Set<String>>();
        var taken = new HashSet<Long>();
        var forgotten = new HashSet<Long>(); // when the receiver went down
        var lane = new Lane(7, 1 + random.nextInt(4), atEase(4));
        var underWay = new TreeSet<Long>();
        long next = 1;
        var now = NOW;
        for (int step = 0; step < 400 || !database.isEmpty(); step++) {
            now = now.plusMillis(200);
            assertThat(step).as("seed %s: steps until all of it is delivered", seed).isLessThan(20_000);
            switch (random.nextInt(step < 400 ? 6 : 4)) {
                case 0 -> { // the database is looked at, as DeliveryLanes does
                    for (var id : new TreeSet<>(database.keySet())) {
                        if (!lane.knows(id) && !until.getOrDefault(id, now).isAfter(now) && random.nextInt(3) > 0) {
                            lane.add(database.get(id));
                            forgotten.remove(id);
                        } else if (!lane.knows(id) && (!until.containsKey(id) || forgotten.contains(id))) {
                            break; // the oldest first
                        }
                    }
                }
                case 1, 2 -> {
                    if (lane.hasNext(now)) {
                        var delivery = lane.next();
                        underWay.add(delivery.id());
                        accepted.get(delivery.id()).forEach(object -> {
                            var list = tried.computeIfAbsent(object, key -> new ArrayList<>());
                            if (!list.contains(delivery.id())) {
                                list.add(delivery.id());
                            }
                        });
                        for (var object : accepted.get(delivery.id())) {
                            assertThat(database.keySet()).as("seed %s: older states of %s", seed, object)
                                    .noneMatch(id -> id < delivery.id() && !taken.contains(id) && accepted.get(id).contains(object));
                        }
                    }
                }
                case 3 -> {
                    if (!underWay.isEmpty()) {
                        var id = underWay.stream().skip(random.nextInt(underWay.size())).findFirst().orElseThrow();
                        underWay.remove(id);
                        if (random.nextInt(3) > 0) {
                            lane.delivered(id);
                            taken.add(id);
                            database.remove(id);
                            until.remove(id);
                        } else {
                            until.put(id, now.plusMillis(random.nextInt(3000)));
                            if (lane.refused(id, until.get(id), now)) {
                                lane.shed().forEach(each -> forgotten.add(each.id()));
                            }
                        }
                        lane.written(id);
                    }
                }
                case 4 -> {
                    var objects = random.ints(1 + random.nextInt(3), 0, 5).mapToObj(n -> "o" + n).distinct()
                            .toArray(String[]::new);
                    var delivery = delivery(7, next++, objects);
                    accepted.put(delivery.id(), Set.of(objects));
                    boolean behind = database.keySet().stream().anyMatch(id -> !lane.knows(id)
                            && (!until.containsKey(id) || forgotten.contains(id)));
                    database.put(delivery.id(), delivery);
                    if (!behind && random.nextBoolean()) {
                        lane.add(delivery); // handed over
                    }
                }
                default -> {
                    if (random.nextInt(20) == 0 && underWay.isEmpty()) { // another node takes the lane over
                        lane.clear();
                        forgotten.clear();
                        for (var each : database.values()) {
                            if (until.containsKey(each.id())) {
                                var owed = Owed.of(each);
                                lane.park(owed, until.get(each.id()));
                            }
                        }
                    }
                }
            }
        }
        tried.forEach((object, ids) -> assertThat(ids).as("seed %s: %s", seed, object).isSortedAccordingTo(Comparator.naturalOrder()));
    }

    private List<Long> taken(Instant now) {
        var taken = new ArrayList<Long>();
        while (lane.hasNext(now)) {
            taken.add(lane.next().id());
        }
        return taken;
    }
}
