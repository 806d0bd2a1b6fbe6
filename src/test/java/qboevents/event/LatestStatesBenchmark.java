// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.testing.TestDatabase;

/** How long it takes to see what the log has of objects: of one that changes all the time, and of a page of usual ones. */
class LatestStatesBenchmark {

    private static final int HOT = Integer.getInteger("bench.hot", 100_000);
    private static final int USUAL = 100_000; // objects, each with three events
    private static final int RUNS = 40;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void sees(TestDatabase database) throws IOException {
        var url = database.freshUrl();
        database.fresh(url);
        try (var source = new HikariDataSource()) {
            source.setJdbcUrl(url);
            source.setUsername(database.user());
            source.setMaximumPoolSize(2);
            var jdbc = new JdbcTemplate(source);
            var inserted = System.nanoTime();
            fill(database, jdbc, 0, HOT, "'hot'", "n");
            for (int version = 0; version < 3; version++) {
                fill(database, jdbc, 1_000_000L * (version + 1), USUAL, "cast(n as varchar)", "" + version);
            }
            var filled = (System.nanoTime() - inserted) / 1e9;
            if (database == TestDatabase.POSTGRESQL) {
                jdbc.execute("vacuum analyze event");
            }
            var states = new LatestStates(JdbcClient.create(source));
            report("latest states %s: %,d rows written in %.1f s%n", database, HOT + 3 * USUAL, filled);
            report(database, "one with " + HOT + " events", measure(states, List.of("hot")));
            report(database, "1 usual", measure(states, usual(1)));
            report(database, "10 usual", measure(states, usual(10)));
            report(database, "1000 usual", measure(states, usual(1000)));
        }
    }

    private static List<String> usual(int count) {
        return IntStream.range(0, count).mapToObj(i -> String.valueOf(i * 97 % USUAL)).toList();
    }

    private static double[] measure(LatestStates states, Collection<String> objects) {
        var nanos = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long began = System.nanoTime();
            if (states.of(7, "invoices", objects).size() != objects.size()) {
                throw new AssertionError("Not all are known");
            }
            nanos[i] = (System.nanoTime() - began) / 1e6;
        }
        return Arrays.stream(nanos).skip(RUNS / 4).sorted().toArray();
    }

    private static void fill(TestDatabase database, JdbcTemplate jdbc, long firstId, int count, String object, String version) {
        var numbers = database == TestDatabase.H2
                ? "(select \"X\" as n from system_range(0, " + (count - 1) + ")) numbers"
                : "(select n from generate_series(0, " + (count - 1) + ") as series(n)) numbers";
        jdbc.update("""
                insert into event (id, delivery_id, instance_id, resource, object_id, version, sync_token, event_type, changed_at, recorded_at, record)
                select %d + n, %d + n, 7, 'invoices', %s, cast(%s as varchar), cast(%s as varchar), 'UPDATED',
                       timestamp with time zone '2026-11-01 00:00:00+00' + n * interval '1' second,
                       timestamp with time zone '2026-11-01 00:00:00+00' + n * interval '1' second, cast(? as bytea)
                from %s
                """.formatted(firstId, firstId, object, version, version, numbers), (Object) new byte[600]);
    }

    private static void report(TestDatabase database, String what, double[] sorted) throws IOException {
        report("latest states %s, %s: p50 %.2f, most %.2f ms%n", database, what, sorted[sorted.length / 2], sorted[sorted.length - 1]);
    }

    private static void report(String line, Object... values) throws IOException {
        var text = String.format(Locale.ROOT, line, values);
        System.out.print(text);
        Files.writeString(Path.of("target", "benchmarks.txt"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
