// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** What Linux keeps about a process. */
record ProcessFigures(long pid) {

    private static final Duration TICK = Duration.ofMillis(10);
    private static final int OWN = 11; // user time, then system time, counted behind the name
    private static final int ENDED_CHILDREN = 13;

    /** With its children, also those that have ended: PostgreSQL has a process for each connection. */
    Duration cpuOfAll() {
        var stat = stat(Path.of("/proc", Long.toString(pid), "stat"));
        var living = ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants)
                .flatMap(child -> child.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
        return ticks(stat, OWN).plus(ticks(stat, ENDED_CHILDREN)).plus(living);
    }

    /** Threads whose names differ in their numbers only are one; Linux cuts the names at 15 letters. */
    Map<String, Duration> cpuByThreads() {
        var groups = new TreeMap<String, Duration>();
        try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (var thread : threads) {
                var name = Files.readString(thread.resolve("comm")).strip();
                groups.merge(withoutNumbers(name), ticks(stat(thread.resolve("stat")), OWN), Duration::plus);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return groups;
    }

    long mostResidentMegabytes() {
        return read(Path.of("/proc", Long.toString(pid), "status")).lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst().orElseThrow();
    }

    static String withoutNumbers(String name) {
        return name.replaceAll("\\d+", "#");
    }

    private static List<String> stat(Path file) {
        var line = read(file);
        return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
    }

    private static Duration ticks(List<String> stat, int from) {
        return TICK.multipliedBy(LongStream.of(Long.parseLong(stat.get(from)), Long.parseLong(stat.get(from + 1))).sum());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
