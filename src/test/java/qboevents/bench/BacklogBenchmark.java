// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qboevents.testing.TestDatabase;

/**
 * Many changed invoices of one company, read page by page into the log while their notifications are delivered.
 * {@code -Dbench.invoices=1000000}, {@code -Dbench.limit=false} to see what the service does beyond Intuit's limits.
 */
class BacklogBenchmark {

    private static final String COMPANY = "42";
    private static final int INVOICES = Integer.getInteger("bench.invoices", 100_000);
    private static final boolean LIMITED = !"false".equals(System.getProperty("bench.limit"));

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void readsABacklogIntoTheLog(TestDatabase database, @TempDir Path folder) {
        try (var world = BenchWorld.start(folder, database, LIMITED ? List.of() : List.of(
                "quickbooks.api.calls-per-second=100000", "quickbooks.api.calls-per-minute=1000000"))) {
            world.warmUp(Duration.ofSeconds(40));
            world.preload(COMPANY, INVOICES, 10);
            world.receiver().forget();
            var cpu = world.service().cpu();
            var began = Instant.now();
            var id = world.connect(COMPANY, Map.of(
                    "event.poller.start", "beginning",
                    "event.poller.urls", "invoices",
                    "event.poller.refresh_interval", "600"));
            world.service().call("POST", "/instances/" + id + "/poll", "");
            world.awaitRead(id, INVOICES / 1000);
            var read = Duration.between(began, Instant.now());
            var spent = world.service().cpu().minus(cpu);
            world.awaitDelivered(INVOICES);
            var delivered = Duration.between(began, Instant.now());
            Report.line("backlog %s, %d invoices, limits %s: read in %.1f s = %.0f records/s, %.2f CPU s per 1,000 records;"
                            + " delivered in %.1f s; calls in a second %d; heap %d MB after a collection, %d MB most",
                    database, INVOICES, LIMITED ? "Intuit's" : "off", Report.seconds(read), INVOICES / Report.seconds(read),
                    Report.seconds(spent) * 1000 / INVOICES, Report.seconds(delivered),
                    world.quickBooks().limits().mostInASecond(COMPANY), world.heapMegabytes(), world.mostHeapMegabytes());
        }
    }
}
