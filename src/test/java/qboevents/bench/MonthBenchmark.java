// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a month of one company costs in metered calls, and that nothing is lost in it: all resources, 15 minutes, the shipped
 * routes, on a clock that jumps from one poll to the next.
 * {@code -Dbench.days=30 -Dbench.changes=10000 -Dbench.seed=1 -Dbench.modes=AUTO,HYBRID}
 */
class MonthBenchmark {

    static final int DAYS = Integer.getInteger("bench.days", 30);
    private static final int CHANGES = Integer.getInteger("bench.changes", 10_000);
    private static final long SEED = Long.getLong("bench.seed", 1);

    static Stream<MonthMode> modes() {
        var only = System.getProperty("bench.modes", "");
        return Arrays.stream(MonthMode.values()).filter(mode -> only.isEmpty() || List.of(only.split(",")).contains(mode.name()));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void asksSeldomEnoughWhereNothingChanges(MonthMode mode) {
        var began = Instant.now();
        try (var month = new MonthWorld(mode)) {
            month.pass(Duration.ofDays(DAYS));
            report("nothing changes", mode, month, began);
            assertThat(month.calls()).isLessThanOrEqualTo((long) mode.mostWhenQuiet() * Math.max(DAYS, 1) / 30 + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void losesNothingOfABusyMonth(MonthMode mode) {
        var began = Instant.now();
        try (var month = new MonthWorld(mode)) {
            BusyMonth.of(SEED, DAYS, CHANGES).happen(month);
            report(CHANGES + " changes", mode, month, began);
            month.assertAllToldOnceAndInOrder();
        }
    }

    private static void report(String what, MonthMode mode, MonthWorld month, Instant began) {
        Report.line("month of %d days, %s, %s: %d calls (%s), %s; took %.0f s", DAYS, what, mode.words(), month.calls(),
                month.callsByKind(), month.story(), Report.seconds(Duration.between(began, Instant.now())));
    }
}
