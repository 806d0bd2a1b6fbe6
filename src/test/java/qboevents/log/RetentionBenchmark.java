// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qboevents.simulator.MovableClock;
import qboevents.testing.TestDatabase;

/** How long one step of the removal takes on a large log. {@code -Dbench.events=1000000 -Dbench.steps=300} */
class RetentionBenchmark {

    private static final int EVENTS = Integer.getInteger("bench.events", 1_000_000);
    private static final int STEPS = Integer.getInteger("bench.steps", 300);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void removesTheOldest(TestDatabase database) throws IOException {
        try (var rows = Rows.in(database)) {
            measure(rows);
        }
    }

    private static void measure(Rows rows) throws IOException {
        var database = rows.database();
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (int part = 0; part < 100; part++) {
            rows.insert(1 + part % 10, (long) part * EVENTS, EVENTS / 100, now.minus(130 - part, ChronoUnit.DAYS));
        }
        rows.owe(1, 2);
        if (database == TestDatabase.POSTGRESQL) {
            rows.jdbc().sql("analyze").update();
        }
        var clock = MovableClock.at(now);
        var retention = rows.retention(clock);
        var nanos = new long[STEPS];
        int before = rows.count("event");
        for (int i = 0; i < STEPS; i++) {
            long began = System.nanoTime();
            retention.step();
            nanos[i] = System.nanoTime() - began;
            clock.advance(Duration.ofSeconds(1));
        }
        Arrays.sort(nanos);
        var line = String.format(Locale.ROOT, "retention %s, %d events: %d removed in %d steps; a step p50 %.1f, p99 %.1f, most %.1f ms%n",
                database, EVENTS, before - rows.count("event"), STEPS,
                nanos[STEPS / 2] / 1e6, nanos[STEPS * 99 / 100] / 1e6, nanos[STEPS - 1] / 1e6);
        System.out.print(line);
        Files.writeString(Path.of("target", "benchmarks.txt"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
