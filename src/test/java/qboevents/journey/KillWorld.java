// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.awaitility.core.ConditionTimeoutException;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.ServiceProcess;
import qboevents.testing.TestService;

/** Everything around the service that goes on while the service is killed. */
final class KillWorld implements AutoCloseable {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 10);
    private static final long SEED = Long.getLong("kill.seed", System.currentTimeMillis());
    private static final Duration REST_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int SHOWN = 20;
    private static final int SIGKILLED = 128 + 9;
    private static final int SIGTERMED = 128 + 15;

    private static final Map<String, String> MANY = Map.of(
            "Bill", "bills", "Customer", "customers", "Invoice", "invoices", "Item", "products",
            "JournalEntry", "journal-entries", "Payment", "payments", "TaxCode", "tax-codes", "Vendor", "vendors");
    private static final Map<String, String> FEW = Map.of("Customer", "customers", "Invoice", "invoices");

    private final Random random = new Random(SEED);
    private final Traffic traffic = new Traffic();
    private final QuickBooksSimulator quickBooks = new QuickBooksSimulator(MovableClock.running());
    private final BusyCompany large = new BusyCompany(quickBooks, "9130350000000001", MANY, SEED + 10);
    private final BusyCompany small = new BusyCompany(quickBooks, "9130350000000002", FEW, SEED + 20);
    private final int port = ServiceProcess.freePort();
    private final List<Duration> starts = new ArrayList<>();
    private final List<Long> instances = new ArrayList<>();
    private final Path folder;
    private final List<String> settings;
    private ServiceProcess service;

    KillWorld(Path folder, String databaseUrl) {
        this.folder = folder;
        this.settings = settings(databaseUrl);
        quickBooks.limits().observeOnly();
        quickBooks.afterQuery(page -> traffic.page(page.rows()));
        companies().forEach(each -> each.receiver().onReceived(received -> traffic.callback()));
        this.service = start();
        System.out.println("killing a service on " + databaseUrl + ", kill.seed=" + SEED);
    }

    void connect() {
        starts.add(service.awaitReady());
        instances.add(large.connect(service, quickBooks, "0.05"));
        instances.add(small.connect(service, quickBooks, "0.02"));
        companies().forEach(BusyCompany::open);
    }

    void killAgainAndAgain() {
        for (int round = 1; round <= ROUNDS; round++) {
            var moment = KillMoment.drawn(random);
            moment.await(service, traffic, random);
            var age = service.age();
            assertThat(service.kill()).isEqualTo(SIGKILLED);
            System.out.printf("round %d/%d: killed %s, %.1f s old; %s%n",
                    round, ROUNDS, moment, age.toMillis() / 1000.0, figures());
            service = start();
        }
    }

    /** Something is always under way. */
    void stopGracefully() {
        starts.add(service.awaitReady());
        service.runFor(Duration.ofSeconds(2));
        assertThat(service.stop(STOP_LIMIT)).isIn(0, SIGTERMED);
        service = start();
    }

    void comeToRest() {
        starts.add(service.awaitReady());
        companies().forEach(BusyCompany::rest);
        try {
            await().atMost(REST_LIMIT).untilAsserted(() -> assertNone(BusyCompany::lost));
        } catch (ConditionTimeoutException stuck) {
            service.dumpThreads();
            throw stuck;
        }
        awaitOneMorePoll();
        assertNone(BusyCompany::wrong);
        System.out.println("nothing lost: " + figures() + ", starts to the first answer " + starts);
    }

    /** What would be told again would be told now. */
    private void awaitOneMorePoll() {
        for (var instance : instances) {
            var before = lastPolls(instance);
            await().atMost(REST_LIMIT).until(() -> Collections.disjoint(before, lastPolls(instance)));
        }
    }

    private List<String> lastPolls(long instance) {
        return service.call("GET", "/instances/" + instance + "/event-poller-records", "").json()
                .findValuesAsText("lastPoll");
    }

    @Override
    public void close() {
        service.close();
        companies().forEach(BusyCompany::close);
        quickBooks.close();
    }

    private ServiceProcess start() {
        return ServiceProcess.start(folder, port, settings);
    }

    private List<BusyCompany> companies() {
        return List.of(large, small);
    }

    private void assertNone(Function<BusyCompany, List<String>> kind) {
        var faults = companies().stream().flatMap(each -> kind.apply(each).stream()).toList();
        assertThat(faults.stream().limit(SHOWN))
                .as("the first of %d; again with -Dkill.seed=%d -Dkill.rounds=%d; the log is in %s",
                        faults.size(), SEED, ROUNDS, folder)
                .isEmpty();
    }

    private String figures() {
        return "states written %d, seen %d, in requests %d, newer before older %d".formatted(
                companies().stream().mapToInt(BusyCompany::statesWritten).sum(),
                companies().stream().mapToInt(each -> each.arrivals().seen().size()).sum(),
                companies().stream().mapToInt(each -> each.arrivals().requests()).sum(),
                companies().stream().mapToInt(each -> each.arrivals().overtaken()).sum());
    }

    private List<String> settings(String databaseUrl) {
        var settings = new ArrayList<>(TestService.quickBooks(quickBooks));
        settings.addAll(List.of(
                "spring.datasource.url=" + databaseUrl,
                "events.api.user-secret=" + TestService.USER_SECRET,
                "events.api.organization-secret=" + TestService.ORGANIZATION_SECRET,
                "events.polling.minimum-interval=1s",
                "events.polling.tick=* * * * * ?",
                // As wide as what the office writes late, and no wider: a generous one would heal what must not happen.
                "events.polling.overlap=3s",
                "events.delivery.allow-private-addresses=true",
                // Nothing may become a dead letter.
                "events.delivery.retry=" + String.join(",", Collections.nCopies(1000, "200ms")),
                "quickbooks.api.page-size=50",
                "quickbooks.api.calls-per-second=1000",
                "quickbooks.api.calls-per-minute=60000"));
        return settings;
    }
}
