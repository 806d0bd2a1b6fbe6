// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qboevents.testing.TestDatabase;

/**
 * What a log costs that is full of events that are done with, against an empty one: two services, each with its own database,
 * under the same load in turn. {@code -Dbench.settled=10000000 -Dbench.pairs=5 -Dbench.seconds=20}
 */
class SettledBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 40));
    private static final Duration RUN = Duration.ofSeconds(Integer.getInteger("bench.seconds", 20));
    private static final int PAIRS = Integer.getInteger("bench.pairs", 5);
    private static final int SETTLED = Integer.getInteger("bench.settled", 10_000_000);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void isAsFastWithAFullLog(TestDatabase database, @TempDir Path folder) {
        WebhookWorld.assumeWanted(database);
        var sending = WARM_UP.plus(RUN.multipliedBy(PAIRS));
        var full = database.freshUrl();
        try (var rows = BulkRows.in(database, full)) {
            rows.settled(BulkRows.FIRST_INSTANCE, SETTLED);
        }
        try (var withFull = WebhookWorld.start(created(folder, "full"), full, sending);
                var withEmpty = WebhookWorld.start(created(folder, "empty"), database.freshUrl(), sending)) {
            rate(withEmpty, WARM_UP);
            rate(withFull, WARM_UP);
            var rates = new double[2][PAIRS];
            for (int pair = 0; pair < PAIRS; pair++) {
                for (int turn = 0; turn < 2; turn++) {
                    int which = (turn + pair) % 2; // the second of two has no advantage
                    rates[which][pair] = rate(which == 0 ? withEmpty : withFull, RUN);
                }
            }
            var quotients = IntStream.range(0, PAIRS).mapToDouble(pair -> rates[1][pair] / rates[0][pair]).toArray();
            Report.line("settled %s, %d events in the log, %d pairs of %d s: %.0f events/s, %.0f with an empty log, median of the pairs'"
                            + " quotients %.3f (%s); heap %d and %d MB most after a collection",
                    database, SETTLED, PAIRS, RUN.toSeconds(), Report.median(rates[1]), Report.median(rates[0]),
                    Report.median(quotients), Report.list(quotients),
                    withFull.service().collections().mostMegabytesAfter(), withEmpty.service().collections().mostMegabytesAfter());
        }
    }

    private static double rate(WebhookWorld world, Duration time) {
        var posts = world.load().saturate(time);
        assertThat(world.allArrive(posts)).as("all arrive").isTrue();
        assertThat(world.journal().repeated() + world.journal().unknown()).isZero();
        return world.journal().acknowledged(posts) * world.journal().perPost()
                / ((world.journal().lastArrival(posts) - posts.begun()) / 1e9);
    }

    private static Path created(Path folder, String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
