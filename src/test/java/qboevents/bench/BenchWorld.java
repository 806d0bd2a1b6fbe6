// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.MovableClock;
import qboevents.simulator.Preload;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.ServiceProcess;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/**
 * The packaged service with {@code -Xmx256m} ({@code -Dbench.heap=512m}), a simulator and a receiver in this JVM, all on this machine's cores.
 * {@code -Dbench.jvm="-XX:+UseParallelGC" -Dbench.settings="a.b=c d.e=f"} add to how it is started.
 */
final class BenchWorld implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(30);
    private static final String HEAP = "-Xmx" + System.getProperty("bench.heap", "256m");
    private static final String GC_LOG = "gc.log";
    private static final Pattern HEAP_USED = Pattern.compile("(?:total \\d+K, used (\\d+)K)");

    private final MovableClock clock = MovableClock.running();
    private final QuickBooksSimulator quickBooks = new QuickBooksSimulator(clock);
    private final CallbackReceiver receiver = new CallbackReceiver().keepingNothing();
    private final ServiceProcess service;
    private final Path folder;
    private long mostHeap;

    private BenchWorld(Path folder, String databaseUrl, List<String> settings) {
        this.folder = folder;
        quickBooks.limits().observeOnly();
        var all = new ArrayList<>(List.of(
                "spring.datasource.url=" + databaseUrl,
                "events.api.user-secret=" + TestService.USER_SECRET,
                "events.api.organization-secret=" + TestService.ORGANIZATION_SECRET,
                "events.polling.minimum-interval=1s",
                "events.delivery.allow-private-addresses=true"));
        all.addAll(TestService.quickBooks(quickBooks));
        all.addAll(settings);
        all.addAll(words("bench.settings"));
        service = ServiceProcess.start(folder, ServiceProcess.freePort(), jvm(), all);
        service.awaitReady();
    }

    static BenchWorld start(Path folder, TestDatabase database, List<String> settings) {
        return start(folder, database.freshUrl(), settings);
    }

    static BenchWorld start(Path folder, String databaseUrl, List<String> settings) {
        return new BenchWorld(folder, databaseUrl, settings);
    }

    private static List<String> jvm() {
        var options = new ArrayList<>(List.of(HEAP, "-Xlog:gc:file=" + GC_LOG + "::filecount=0"));
        options.addAll(words("bench.jvm"));
        return options;
    }

    static List<String> words(String property) {
        return Pattern.compile("\\s+").splitAsStream(System.getProperty(property, "")).filter(word -> !word.isEmpty()).toList();
    }

    QuickBooksSimulator quickBooks() {
        return quickBooks;
    }

    CallbackReceiver receiver() {
        return receiver;
    }

    ServiceProcess service() {
        return service;
    }

    void preload(String company, int invoices, int perSecond) {
        Preload.invoices(quickBooks.ledger(company), clock, invoices, perSecond);
    }

    long connect(String company, Map<String, ?> configuration) {
        return connect(company, receiver.url(), configuration);
    }

    long connect(String company, String callbackUrl, Map<String, ?> configuration) {
        var answer = service.call("POST", "/instances", TestService.connecting(
                company, quickBooks.authorize(company), callbackUrl, configuration));
        if (answer.status() != 200) {
            throw new AssertionError(answer.text());
        }
        return answer.json().get("id").asLong();
    }

    /** Another company's changes are polled and delivered until the compiler has seen it all. */
    void warmUp(Duration time) {
        var books = quickBooks.ledger("warm-up");
        var id = connect("warm-up", Map.of("event.poller.urls", "invoices", "event.poller.refresh_interval", "0.02"));
        for (var end = Instant.now().plus(time); Instant.now().isBefore(end); service.runFor(Duration.ofMillis(500))) {
            books.create("Invoice", 500);
        }
        service.call("DELETE", "/instances/" + id, "");
    }

    /** Until the poll has ended: its calls are written down, and the next one is far away. */
    void awaitRead(long instanceId, int calls) {
        Awaitility.await().atMost(LONG).pollInterval(100, TimeUnit.MILLISECONDS).until(() -> {
            var record = service.call("GET", "/instances/" + instanceId + "/event-poller-records", "").json().get(0);
            if (!record.get("lastError").isNull()) {
                throw new AssertionError(record.toString());
            }
            return record.get("calls").asInt() >= calls
                    && Instant.parse(record.get("nextPoll").asText()).isAfter(Instant.now().plusSeconds(300));
        });
    }

    void awaitDelivered(int events) {
        Awaitility.await().atMost(LONG).pollInterval(500, TimeUnit.MILLISECONDS).until(() -> {
            mostHeap = Math.max(mostHeap, heap(false));
            return receiver.count() * 10 >= events;
        });
    }

    long heapMegabytes() {
        return heap(true);
    }

    long mostHeapMegabytes() {
        return mostHeap;
    }

    GcLog collections() {
        return GcLog.read(folder.resolve(GC_LOG));
    }

    private long heap(boolean collect) {
        if (collect) {
            jcmd("GC.run");
        }
        var heap = HEAP_USED.matcher(jcmd("GC.heap_info"));
        long used = 0;
        while (heap.find()) {
            used += Long.parseLong(heap.group(1)) / 1024;
        }
        return used;
    }

    String jcmd(String... command) {
        try {
            var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            var words = Stream.concat(Stream.of(jcmd, Long.toString(service.pid())), Stream.of(command)).toList();
            var process = new ProcessBuilder(words).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        service.close();
        receiver.close();
        quickBooks.close();
    }
}
