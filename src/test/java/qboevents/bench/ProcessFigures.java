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
        return Cpu.of(stat, OWN).plus(Cpu.of(stat, ENDED_CHILDREN)).all().plus(living);
    }

    /** Threads whose names differ in their numbers only are one; Linux cuts the names at 15 letters. */
    Map<String, Cpu> cpuByThreads() {
        var groups = new TreeMap<String, Cpu>();
        try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (var thread : threads) {
                var name = Files.readString(thread.resolve("comm")).strip();
                groups.merge(withoutNumbers(name), Cpu.of(stat(thread.resolve("stat")), OWN), Cpu::plus);
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
        return name.replaceAll("(?<![A-Z])\\d+", "#"); // C1 and C2 are two compilers
    }

    private static List<String> stat(Path file) {
        var line = read(file);
        return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param kernel what the sockets and files cost, which no profile of Java code shows */
    record Cpu(Duration user, Duration kernel) {

        static final Cpu NONE = new Cpu(Duration.ZERO, Duration.ZERO);

        private static Cpu of(List<String> stat, int from) {
            return new Cpu(TICK.multipliedBy(Long.parseLong(stat.get(from))),
                    TICK.multipliedBy(Long.parseLong(stat.get(from + 1))));
        }

        Duration all() {
            return user.plus(kernel);
        }

        Cpu plus(Cpu other) {
            return new Cpu(user.plus(other.user), kernel.plus(other.kernel));
        }

        Cpu minus(Cpu other) {
            return new Cpu(user.minus(other.user), kernel.minus(other.kernel));
        }
    }
}
