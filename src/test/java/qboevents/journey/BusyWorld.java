// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.awaitility.core.ConditionTimeoutException;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.simulator.Received;
import qboevents.testing.ServiceProcess;
import qboevents.testing.TestService;

/** Three companies that work while services are killed, what their receivers were told, and what must be true of that in the end. */
final class BusyWorld implements AutoCloseable {

    static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private static final long SEED = Long.getLong("kill.seed", System.currentTimeMillis());
    private static final Duration REST_LIMIT = Duration.ofMinutes(2);
    private static final double COMPRESSION = 10_000; // of Intuit's pauses: what was refused comes again within two seconds
    private static final int SHOWN = 20;

    private static final Map<String, String> MANY = Map.of(
            "Bill", "bills", "Customer", "customers", "Invoice", "invoices", "Item", "products",
            "JournalEntry", "journal-entries", "Payment", "payments", "TaxCode", "tax-codes", "Vendor", "vendors");
    private static final Map<String, String> FEW = Map.of("Customer", "customers", "Invoice", "invoices");

    private final Traffic traffic = new Traffic();
    private final QuickBooksSimulator quickBooks = new QuickBooksSimulator(MovableClock.running());
    private final BusyCompany large = company("9130350000000001", Told.BY_POLLS, MANY, 10);
    private final BusyCompany small = company("9130350000000002", Told.BY_POLLS_AND_WEBHOOKS, FEW, 20);
    private final BusyCompany pushed = company("9130350000000003", Told.BY_WEBHOOKS, FEW, 30);
    private final List<Long> polled = new ArrayList<>();
    private final Path folder;
    private final int rounds;

    /** @param folder with the logs */
    BusyWorld(Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
        quickBooks.limits().observeOnly();
        quickBooks.afterQuery(page -> traffic.page(page.rows()));
        onReceived((company, received) -> { });
    }

    private BusyCompany company(String realmId, Told told, Map<String, String> resourceOf, int seed) {
        return new BusyCompany(quickBooks, realmId, told, resourceOf, SEED + seed);
    }

    /** The draws of this run. */
    Random random() {
        return new Random(SEED);
    }

    String seed() {
        return "kill.seed=" + SEED;
    }

    Traffic traffic() {
        return traffic;
    }

    void onReceived(BiConsumer<BusyCompany, Received> note) {
        companies().forEach(each -> each.receiver().onReceived(received -> {
            traffic.callback();
            note.accept(each, received);
        }));
    }

    /** @param services that take the instances of the large, the small and the pushed company; their settings name this world */
    void connect(List<ServiceProcess> services, String inlet) {
        polled.add(large.connect(services.get(0), quickBooks, "0.05"));
        polled.add(small.connect(services.get(1), quickBooks, "0.02"));
        pushed.connect(services.get(2), quickBooks, "0.02");
        quickBooks.webhooks().compression(COMPRESSION).subscribe(inlet, Webhook.TOKEN);
        companies().forEach(BusyCompany::open);
    }

    /** Nobody works any more, and all that was written is told, by services that answer. */
    void comeToRest(ServiceProcess service, Runnable whenStuck) {
        companies().forEach(BusyCompany::rest);
        quickBooks.webhooks().awaitIdle(REST_LIMIT);
        try {
            await().atMost(REST_LIMIT).untilAsserted(() -> assertNone(of(BusyCompany::lost)));
        } catch (ConditionTimeoutException stuck) {
            whenStuck.run();
            throw stuck;
        }
        awaitOneMorePoll(service);
        assertNone(of(BusyCompany::wrong));
    }

    /** What would be told again would be told now. */
    private void awaitOneMorePoll(ServiceProcess service) {
        for (var instance : polled) {
            var before = lastPolls(service, instance);
            await().atMost(REST_LIMIT).until(() -> Collections.disjoint(before, lastPolls(service, instance)));
        }
    }

    private static List<String> lastPolls(ServiceProcess service, long instance) {
        return service.call("GET", "/instances/" + instance + "/event-poller-records", "").json().findValuesAsText("lastPoll");
    }

    private List<BusyCompany> companies() {
        return List.of(large, small, pushed);
    }

    private List<String> of(Function<BusyCompany, List<String>> kind) {
        return companies().stream().flatMap(each -> kind.apply(each).stream()).toList();
    }

    void assertNone(Collection<String> faults) {
        assertThat(faults.stream().limit(SHOWN))
                .as("the first of %d; again with -Dkill.seed=%d -Dkill.rounds=%d; the logs are in %s",
                        faults.size(), SEED, rounds, folder)
                .isEmpty();
    }

    String figures() {
        return "states written %d, seen %d, in requests %d, newer before older %d".formatted(
                sum(BusyCompany::statesWritten), sum(each -> each.arrivals().seen().size()),
                sum(each -> each.arrivals().requests()), sum(each -> each.overtaken().size()));
    }

    private int sum(ToIntFunction<BusyCompany> figure) {
        return companies().stream().mapToInt(figure).sum();
    }

    /** @param own in addition */
    List<String> settings(String databaseUrl, String... own) {
        var settings = new ArrayList<>(TestService.quickBooks(quickBooks));
        settings.addAll(List.of(
                "spring.datasource.url=" + databaseUrl,
                "events.api.user-secret=" + TestService.USER_SECRET,
                "events.api.organization-secret=" + TestService.ORGANIZATION_SECRET,
                Webhook.SETTING.replace(" ", ""),
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
        settings.addAll(List.of(own));
        return settings;
    }

    @Override
    public void close() {
        companies().forEach(BusyCompany::close);
        quickBooks.close();
    }
}
