// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qboevents.testing.ServiceProcess;
import qboevents.testing.TestService;

/**
 * From the start of the process to its first answer, on H2: with the Java that runs this, plain and with an archive of the classes,
 * which on 24 and newer is its AOT cache. {@code -Dbench.starts=9 -Dbench.jvm=-XX:+UseSerialGC}
 */
class StartBenchmark {

    private static final int STARTS = Integer.getInteger("bench.starts", 5);
    private static final Duration ARCHIVED = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void startsAndAnswers() {
        measure("plain", List.of());
        measure("archive", archive());
    }

    private List<String> archive() {
        boolean cache = Runtime.version().feature() >= 24;
        var file = folder.resolve("classes").toString();
        try (var service = start("training", List.of((cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file))) {
            service.awaitReady();
            service.stop(ARCHIVED);
        }
        return List.of((cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file);
    }

    private void measure(String how, List<String> jvm) {
        start(how, jvm, new double[1], new double[1], 0); // which leaves its database
        for (boolean kept : new boolean[] {true, false}) {
            var wall = new double[STARTS];
            var cpu = new double[STARTS];
            for (int i = 0; i < STARTS; i++) {
                start(kept ? how : how + i, jvm, wall, cpu, i);
            }
            Report.line("start, Java %d, %s, %s database: median %.2f s (%s), CPU %.1f s", Runtime.version().feature(), how,
                    kept ? "kept" : "new", Report.median(wall), Report.list(wall), Report.median(cpu));
        }
    }

    private void start(String database, List<String> jvm, double[] wall, double[] cpu, int at) {
        try (var service = start(database, jvm)) {
            wall[at] = Report.seconds(service.awaitReady());
            cpu[at] = Report.seconds(service.cpu());
            service.stop(Duration.ofSeconds(30));
        }
    }

    private ServiceProcess start(String database, List<String> jvm) {
        var options = new ArrayList<>(BenchWorld.words("bench.jvm"));
        options.addAll(jvm);
        return ServiceProcess.start(folder, ServiceProcess.freePort(), options, List.of(
                "spring.datasource.url=jdbc:h2:file:" + folder.resolve(database).resolve("events"),
                "events.api.user-secret=" + TestService.USER_SECRET,
                "events.api.organization-secret=" + TestService.ORGANIZATION_SECRET));
    }
}
