// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import static java.util.Collections.reverseOrder;
import static java.util.Comparator.comparing;
import static java.util.Map.Entry.comparingByValue;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import qboevents.bench.ProcessFigures.Cpu;

/**
 * Where the service's time goes, with {@code -Dbench.profile=true}: a Flight Recording of the measured part, kept in
 * {@code target/profile-*.jfr}, and beside it in {@code .txt} what can be read at a glance.
 */
final class Profile {

    private static final int HOTTEST = 40;
    private static final String OURS = "qboevents.";

    /** A sample belongs to the topmost frame that one of these knows; the JDK's own work to who asked for it. */
    private static final Map<String, List<String>> GROUPS = groups();

    private final BenchWorld world;
    private final String name;
    private final ProcessFigures process;
    private final Map<String, Cpu> before;

    private Profile(BenchWorld world, String name) {
        this.world = world;
        this.name = name;
        this.process = new ProcessFigures(world.service().pid());
        world.jcmd("JFR.start", "name=bench", "settings=profile");
        this.before = process.cpuByThreads();
    }

    static Optional<Profile> begin(BenchWorld world, String name) {
        return Boolean.getBoolean("bench.profile") ? Optional.of(new Profile(world, name)) : Optional.empty();
    }

    void end() {
        var after = process.cpuByThreads();
        var recording = Path.of("target", "profile-" + name + ".jfr").toAbsolutePath();
        world.jcmd("JFR.stop", "name=bench", "filename=" + recording);
        var text = Path.of("target", "profile-" + name + ".txt");
        try (var out = new PrintStream(text.toFile())) {
            print(out, after, samples(recording));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println("Profile: " + text);
    }

    private void print(PrintStream out, Map<String, Cpu> after, List<RecordedEvent> samples) {
        out.println("CPU seconds by threads, the JVM's own too, and how much of it in the kernel");
        after.entrySet().stream()
                .map(thread -> Map.entry(thread.getKey(),
                        thread.getValue().minus(before.getOrDefault(thread.getKey(), Cpu.NONE))))
                .sorted(comparingByValue(comparing(Cpu::all).reversed()))
                .forEach(thread -> out.printf("%8.2f %8.2f  %s%n", Report.seconds(thread.getValue().all()),
                        Report.seconds(thread.getValue().kernel()), thread.getKey()));
        shares(out, "All Java samples by what was at work", samples, Profile::group);
        shares(out, "... by threads", samples, Profile::thread);
        shares(out, "... by our class nearest to the top", samples, Profile::ourClass);
        shares(out, "... by top frame", samples, sample -> frame(sample.getStackTrace().getFrames().get(0)));
        samples.stream().collect(groupingBy(Profile::thread)).values().stream()
                .filter(some -> some.size() * 50 > samples.size())
                .sorted((one, other) -> other.size() - one.size())
                .forEach(some -> shares(out, "Threads " + thread(some.get(0)) + ", " + some.size() + " samples",
                        some, Profile::group));
    }

    private static void shares(PrintStream out, String title, List<RecordedEvent> samples,
            Function<RecordedEvent, String> by) {
        out.printf("%n%s%n", title);
        samples.stream().collect(groupingBy(by, counting())).entrySet().stream()
                .sorted(comparingByValue(reverseOrder()))
                .limit(HOTTEST)
                .forEach(share -> out.printf("%7.1f %% %s%n", share.getValue() * 100.0 / samples.size(), share.getKey()));
    }

    /** Of Java code that ran; a thread that waits in the kernel is not among them. */
    private static List<RecordedEvent> samples(Path recording) throws IOException {
        var samples = new ArrayList<RecordedEvent>();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    samples.add(event);
                }
            }
        }
        return samples;
    }

    private static String group(RecordedEvent sample) {
        return first(sample.getStackTrace(), Profile::group).orElse("JDK alone");
    }

    private static Optional<String> group(RecordedFrame frame) {
        var type = frame.getMethod().getType().getName();
        if (type.startsWith(OURS)) {
            return Optional.of("ours: " + type.substring(0, Math.max(type.lastIndexOf('.'), OURS.length())));
        }
        return GROUPS.entrySet().stream()
                .filter(group -> group.getValue().stream().anyMatch(type::startsWith))
                .map(Map.Entry::getKey).findFirst();
    }

    private static String ourClass(RecordedEvent sample) {
        return first(sample.getStackTrace(), frame -> frame.getMethod().getType().getName().startsWith(OURS)
                ? Optional.of(frame(frame)) : Optional.empty()).orElse("none");
    }

    private static Optional<String> first(RecordedStackTrace stack, Function<RecordedFrame, Optional<String>> which) {
        return stack.getFrames().stream().flatMap(frame -> which.apply(frame).stream()).findFirst();
    }

    private static String frame(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static String thread(RecordedEvent sample) {
        var thread = sample.getThread("sampledThread");
        return thread == null || thread.getJavaName() == null ? "?" : ProcessFigures.withoutNumbers(thread.getJavaName());
    }

    private static Map<String, List<String>> groups() {
        var groups = new LinkedHashMap<String, List<String>>();
        groups.put("database H2", List.of("org.h2."));
        groups.put("database driver", List.of("org.postgresql."));
        groups.put("database access", List.of("com.zaxxer.hikari.", "org.springframework.jdbc.", "org.springframework.transaction."));
        groups.put("Camel", List.of("org.apache.camel."));
        groups.put("HTTP client", List.of("org.apache.hc."));
        groups.put("HTTP server", List.of("org.apache.catalina.", "org.apache.coyote.", "org.apache.tomcat.",
                "org.springframework.web.", "org.springframework.http.", "jakarta.servlet."));
        groups.put("JSON", List.of("com.fasterxml.jackson."));
        groups.put("crypto", List.of("javax.crypto.", "com.sun.crypto.", "sun.security.", "java.security."));
        groups.put("metrics", List.of("io.micrometer."));
        groups.put("log", List.of("ch.qos.logback.", "org.slf4j."));
        groups.put("Spring", List.of("org.springframework."));
        return groups;
    }
}
