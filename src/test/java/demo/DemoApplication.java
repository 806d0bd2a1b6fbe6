// SPDX-License-Identifier: Apache-2.0
package demo;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import qboevents.Application;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.simulator.Received;
import qboevents.testing.TestService;

/**
 * The whole thing without an account: the service on embedded H2, a simulated QuickBooks with a company whose books change
 * by themselves, and a receiver that prints each notification as it arrives. The annotation only tells the Maven plugin
 * which main method {@code spring-boot:test-run} means.
 */
@SpringBootApplication
public final class DemoApplication {

    private static final String COMPANY = "9130350000000001";
    private static final String SIGNATURE_KEY = "demo-signature-key";
    private static final String VERIFIER_TOKEN = "demo-verifier-token";

    private DemoApplication() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Files.createTempDirectory("quickbooks-events-demo");
        var quickBooks = new QuickBooksSimulator(MovableClock.running());
        var receiver = new CallbackReceiver(SIGNATURE_KEY).onReceived(DemoApplication::print);
        SpringApplication.getShutdownHandlers().add(() -> {
            receiver.close();
            quickBooks.close();
            delete(folder);
        });

        System.out.println("Starting the service with a simulated QuickBooks. Nothing leaves this machine. Ctrl-C ends it.");
        var service = SpringApplication.run(Application.class, settings(folder, quickBooks, arguments));
        connect("http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port"), quickBooks, receiver);
        keepBooks(quickBooks);
    }

    /** An argument takes the place of the demo's own: Spring would join the two. The port is left to the environment, too. */
    static String[] settings(Path folder, QuickBooksSimulator quickBooks, String... arguments) {
        var settings = new ArrayList<>(List.of(
                "--spring.datasource.url=jdbc:h2:file:" + folder.resolve("demo"),
                "--events.api.user-secret=" + TestService.USER_SECRET,
                "--events.api.organization-secret=" + TestService.ORGANIZATION_SECRET,
                "--events.polling.minimum-interval=1s",
                "--quickbooks.webhook.verifier-tokens=" + VERIFIER_TOKEN,
                "--events.delivery.allow-private-addresses=true",
                "--logging.level.root=warn"));
        TestService.quickBooks(quickBooks).forEach(each -> settings.add("--" + each));
        settings.removeIf(own -> Stream.of(arguments).anyMatch(each -> each.startsWith(own.substring(0, own.indexOf('=') + 1))));
        settings.addAll(List.of(arguments));
        return settings.toArray(String[]::new);
    }

    private static void connect(String service, QuickBooksSimulator quickBooks, CallbackReceiver receiver) {
        var api = service + "/elements/api-v2";
        var answer = TestService.call(
                HttpClient.newHttpClient(), api + "/instances", "POST",
                TestService.connecting(COMPANY, quickBooks.authorize(COMPANY), receiver.url(), Map.of(
                        "event.notification.signature.key", SIGNATURE_KEY,
                        "event.vendor.type", "hybrid",
                        "event.poller.refresh_interval", "0.25")));
        quickBooks.webhooks().subscribe(api + "/events/quickbooks", VERIFIER_TOKEN);
        System.out.println("POST /instances  " + answer.status() + ": instance " + answer.json().get("id")
                + " is told by webhooks at once, and polls 22 resources every 15 seconds (15 minutes is the default).");
        System.out.println("Console: " + service.replace("127.0.0.1", "localhost") + "/ with the secrets "
                + TestService.USER_SECRET + " and " + TestService.ORGANIZATION_SECRET + ".");
        System.out.println("Now the books change; what arrives at the receiver:");
    }

    private static void keepBooks(QuickBooksSimulator quickBooks) {
        var bookkeeper = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "bookkeeper");
            thread.setDaemon(true);
            return thread;
        });
        var books = new Bookkeeper(quickBooks.ledger(COMPANY));
        bookkeeper.scheduleAtFixedRate(() -> attended(books), 0, 1, TimeUnit.SECONDS);
    }

    /** A scheduled task that fails is not run again and says nothing. */
    private static void attended(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            e.printStackTrace();
        }
    }

    private static void print(Received received) {
        var signature = received.forgery().map(wrong -> "SIGNATURE WRONG: " + wrong).orElse("signature ok");
        var now = LocalTime.now().truncatedTo(ChronoUnit.SECONDS);
        var side = received.json().path("message").path("events").findValue("pollDate") == null ? "webhook" : "polled";
        received.events().forEach(event -> System.out.printf("%s  %-7s  %-8s %-18s %-8s %s  %s%n",
                now, side, event.eventType(), event.objectType(), event.objectId(), event.eventId(), signature));
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("Left behind: " + folder);
        }
    }
}
