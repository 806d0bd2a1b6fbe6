// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import qboevents.testing.TestService.Answer;

/** The packaged service as a process of its own, the way an operator runs it, and its API as a client uses it. */
public final class ServiceProcess implements AutoCloseable {

    public static final String LOG = "service.log";

    private static final Path JAR = Path.of(System.getProperty("service.jar", "target/quickbooks-events.jar"));
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final int LAST_LINES = 40;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Instant startedAt = Instant.now();
    private final Path folder;
    private final Process process;
    private final String base;

    private ServiceProcess(Path folder, int port, Process process) {
        this.folder = folder;
        this.process = process;
        this.base = "http://127.0.0.1:" + port + "/elements/api-v2";
    }

    // The first compiler only: a process that lives for seconds would spend them on the second one.
    private static final List<String> SHORT_LIVED = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** The same port over all restarts: it is part of the node's name, by which a node takes up what it held. */
    public static ServiceProcess start(Path folder, int port, List<String> settings) {
        return start(folder, port, SHORT_LIVED, settings);
    }

    public static ServiceProcess start(Path folder, int port, List<String> jvm, List<String> settings) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-jar", JAR.toAbsolutePath().toString(), "--server.port=" + port));
        settings.forEach(each -> command.add("--" + each));
        try {
            var output = Redirect.appendTo(folder.resolve(LOG).toFile());
            return new ServiceProcess(folder, port, new ProcessBuilder(command)
                    .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return how long it took from the start of the process to the first answer */
    public Duration awaitReady() {
        var limit = Instant.now().plus(READY_LIMIT);
        while (!answers()) {
            if (Instant.now().isAfter(limit)) {
                throw new AssertionError("No answer within " + READY_LIMIT + lastWords());
            }
            runFor(LOOK_AGAIN);
        }
        return age();
    }

    public Duration age() {
        return Duration.between(startedAt, Instant.now());
    }

    /** It must not end by itself. */
    public void runFor(Duration time) {
        if (endsWithin(time)) {
            throw new AssertionError("The service ended by itself with " + process.exitValue() + lastWords());
        }
    }

    /** Not a line of its code runs any more. @return the exit code */
    public int kill() {
        process.destroyForcibly();
        return exitCode(Duration.ofSeconds(20), "SIGKILL");
    }

    /** Asked to end; half-way to the limit it is asked what it is doing instead. @return the exit code */
    public int stop(Duration atMost) {
        process.destroy();
        if (!endsWithin(atMost.dividedBy(2))) {
            quit();
        }
        return exitCode(atMost.dividedBy(2), "SIGTERM");
    }

    /** Not a line of its code runs until it may go on; what it has open stays open. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    /** Into its log: where everything stands that does not go on. */
    public void dumpThreads() {
        quit();
        runFor(Duration.ofSeconds(2));
    }

    private void quit() {
        signal("QUIT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    public String base() {
        return base;
    }

    public Answer call(String method, String path, String body) {
        return TestService.call(http, base + path, method, body);
    }

    /** Of all its threads since it was started. */
    public Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean answers() {
        try {
            return call("GET", "/instances", "").status() == 200;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private int exitCode(Duration atMost, String signal) {
        if (!endsWithin(atMost)) {
            throw new AssertionError("Still there " + atMost + " after " + signal + lastWords());
        }
        return process.exitValue();
    }

    private boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private String lastWords() {
        try {
            var lines = Files.readAllLines(folder.resolve(LOG));
            return ", its last words in " + folder + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return ", and left no log: " + e;
        }
    }
}
