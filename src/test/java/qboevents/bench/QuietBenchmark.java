// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qboevents.testing.TestDatabase;

/**
 * Many companies, all resources, the default interval, and nothing changes: what it costs to look.
 * {@code -Dbench.instances=1000 -Dbench.seconds=180}; 900 s see every resource once.
 */
class QuietBenchmark {

    private static final int INSTANCES = Integer.getInteger("bench.instances", 1000);
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("bench.seconds", 180));
    private static final Duration INTERVAL = Duration.ofMinutes(15);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void looksAtManyQuietCompanies(TestDatabase database, @TempDir Path folder) {
        try (var world = BenchWorld.start(folder, database, List.of())) {
            var ids = IntStream.range(0, INSTANCES)
                    .mapToLong(i -> world.connect("quiet-" + i, Map.of("event.poller.refresh_interval", "15")))
                    .toArray();
            world.warmUp(Duration.ofSeconds(40));
            var cpu = world.service().cpu();
            var calls = world.quickBooks().calls().api();
            var began = Instant.now();
            world.service().runFor(MEASURED);
            var spent = Report.seconds(world.service().cpu().minus(cpu));
            var asked = world.quickBooks().calls().api() - calls;
            var latest = IntStream.range(0, INSTANCES)
                    .mapToObj(i -> world.service().call("GET", "/instances/" + ids[i] + "/event-poller-records", "").json())
                    .flatMap(records -> StreamSupport.stream(records.spliterator(), false))
                    .filter(record -> !record.get("lastPoll").isNull() && time(record, "lastPoll").isAfter(began))
                    .map(QuietBenchmark::lateness)
                    .max(Duration::compareTo)
                    .orElseThrow();
            Report.line("quiet %s, %d instances x 22 resources, 15 minutes, seen for %d s: %.1f %% of one core,"
                            + " %.1f calls a second, latest poll %.1f s after it was due; heap %d MB after a collection",
                    database, INSTANCES, MEASURED.toSeconds(), spent * 100 / MEASURED.toSeconds(),
                    asked / (double) MEASURED.toSeconds(), Report.seconds(latest), world.heapMegabytes());
        }
    }

    /** The next poll is one interval after this one was due. */
    private static Duration lateness(JsonNode record) {
        return Duration.between(time(record, "nextPoll").minus(INTERVAL), time(record, "lastPoll"));
    }

    private static Instant time(JsonNode record, String name) {
        return Instant.parse(record.get(name).asText());
    }
}
