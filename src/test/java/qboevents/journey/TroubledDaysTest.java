// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A few days in which QuickBooks is late, cuts its answers off, fails in all its ways, and the service is started anew: nothing
 * is lost and nothing told twice. Chance decides, and the same seed gives the same days: {@code -Dtroubled.seed=7}.
 */
class TroubledDaysTest {

    /** Hybrid is the third, queries alone the fourth. */
    static LongStream seeds() {
        var one = Long.getLong("troubled.seed");
        return one == null ? LongStream.rangeClosed(1, Long.getLong("troubled.seeds", 4)) : LongStream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void losesNothingAndTellsNothingTwice(long seed) {
        try (var days = new TroubledDays(seed)) {
            days.pass();
            days.assertAllToldOnceAndInOrder();
        }
    }
}
