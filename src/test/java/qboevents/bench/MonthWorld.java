// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import qboevents.simulator.Call;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.Change;
import qboevents.simulator.Ledger;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.simulator.WebhookEvent;
import qboevents.testing.BusyBooks;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;
import qboevents.testing.Timers;
import qboevents.testing.Truth;

/** One company, a service that reads it and a receiver, all on one clock. */
final class MonthWorld implements AutoCloseable {

    /** Of October, which has 31 days: the meter counts by month. */
    private static final Instant BEGIN = Instant.parse("2026-10-01T00:00:00Z");
    private static final String REALM = "9130350000000030";
    private static final String TOKEN = "b5771f19b12ddb4bcdb9f08bdc50bc63878a";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LOST_OF_HUNDRED = 10;

    private final MonthMode mode;
    private final MovableClock clock = MovableClock.at(BEGIN);
    private final QuickBooksSimulator quickBooks = new QuickBooksSimulator(clock);
    private final CallbackReceiver receiver = new CallbackReceiver();
    private final Set<String> neverTold = ConcurrentHashMap.newKeySet();
    private final Random fate = new Random(3);
    private final BusyBooks books;
    private final int before;
    private final TestService service;
    private final Timers timers;
    private long moments; // at which webhooks came that had to be read
    private long bursts;
    private long callsOfBursts;
    private long mostOfBurst;

    MonthWorld(MonthMode mode) {
        this.mode = mode;
        quickBooks.limits().observeOnly();
        books = new BusyBooks(ledger(), new Random(5), mode.resources());
        clock.advance(Duration.ofHours(1));
        before = ledger().changes().size();
        var settings = new ArrayList<>(Timers.SETTINGS);
        settings.add("quickbooks.webhook.verifier-tokens=" + TOKEN);
        service = TestService.start(TestDatabase.H2.freshUrl(), clock, quickBooks, settings.toArray(String[]::new));
        timers = new Timers(clock, mode.tick(), service);
        service.connect(quickBooks, REALM, receiver.url(), mode.configuration());
        if (mode.listens()) {
            listen();
        }
    }

    private void listen() {
        quickBooks.webhooks()
                .subscribe(service.base() + "/events/quickbooks", TOKEN)
                .window(Duration.ofMillis(2))
                .patience(PATIENCE)
                .moods().repeating(1).reordering(true).delaying(Duration.ZERO, Duration.ofMillis(4)).losing(this::loses);
    }

    private boolean loses(WebhookEvent event) {
        boolean lost = fate.nextInt(100) < LOST_OF_HUNDRED;
        if (lost) {
            neverTold.add(event.entity() + " " + event.objectId());
        }
        return lost;
    }

    private Ledger ledger() {
        return quickBooks.ledger(REALM);
    }

    BusyBooks books() {
        return books;
    }

    Instant begin() {
        return BEGIN.plus(Duration.ofHours(1));
    }

    void pass(Duration time) {
        timers.runUntil(clock.instant().plus(time));
    }

    void passUntil(Instant time) {
        timers.runUntil(time);
    }

    /** What was changed just now is told by webhooks, and read. */
    void tell() {
        if (!mode.listens()) {
            return;
        }
        quickBooks.webhooks().awaitIdle(PATIENCE);
        long burstsBefore = bursts;
        timers.runUntilBurstsAreRead(this::read);
        moments += bursts > burstsBefore ? 1 : 0;
    }

    /** What was gathered for one time. */
    private void read(Runnable burst) {
        long before = calls();
        burst.run();
        long calls = calls() - before;
        bursts += calls > 0 ? 1 : 0;
        callsOfBursts += calls;
        mostOfBurst = Math.max(mostOfBurst, calls);
    }

    long calls() {
        return quickBooks.meter().count(REALM);
    }

    String callsByKind() {
        var meter = quickBooks.meter();
        return "%d cdc, %d query, %d read".formatted(meter.count(REALM, Call.Kind.CDC), meter.count(REALM, Call.Kind.QUERY),
                meter.count(REALM, Call.Kind.READ));
    }

    String story() {
        var truth = new Truth(ledger(), before);
        var told = receiver.events();
        return "%d changes, %d objects living, %d deleted; %d events told, %d states lost, %d deletions lost, %d told twice%s"
                .formatted(truth.changes(), truth.living(), truth.deletions(), told.size(), truth.lost(told).size(),
                        truth.undeleted(told, this::isShown).size(), Truth.repeated(told).size(),
                        mode.listens() ? "; webhooks came %d times and were read as %d bursts with %d calls, %d at most; %d webhooks lost"
                                .formatted(moments, bursts, callsOfBursts, mostOfBurst, quickBooks.webhooks().lost()) : "");
    }

    void assertAllToldOnceAndInOrder() {
        var truth = new Truth(ledger(), before);
        var told = receiver.events();
        assertThat(truth.changes()).isPositive();
        assertSoftly(all -> {
            all.assertThat(truth.lost(told)).as("lost").isEmpty();
            all.assertThat(truth.undeleted(told, this::isShown)).as("deletions lost").isEmpty();
            all.assertThat(Truth.repeated(told)).as("told twice").isEmpty();
            all.assertThat(Truth.outOfOrder(told)).as("told after what is newer").isEmpty();
            all.assertThat(truth.invented(told)).as("never so").isEmpty();
        });
    }

    /** Of a deleted time activity QuickBooks tells by webhook only. */
    private boolean isShown(Change deletion) {
        if (deletion.entity().equals("TimeActivity")) {
            return mode.listens() && !neverTold.contains(deletion.entity() + " " + deletion.id());
        }
        return mode.tellsDeletions();
    }

    @Override
    public void close() {
        timers.close();
        service.close();
        receiver.close();
        quickBooks.close();
    }
}
