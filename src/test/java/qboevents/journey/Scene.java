// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** A QuickBooks, a service that polls it, and a receiver: one for a class of journeys, each with companies of its own. */
final class Scene implements AutoCloseable {

    static final Duration SOON = Duration.ofMinutes(2); // costs nothing where the fact comes

    /** For what is about the timers themselves: they tick when Quartz lets them, not when a test would like it. */
    static final String OWN_TIMERS = "events.polling.tick=* * * * * ?";

    /** Minutes: nothing is polled but what a test asks for, however far it moves the clock. */
    private static final String NEVER = "99999999";

    private static final AtomicInteger COMPANIES = new AtomicInteger();

    final MovableClock clock;
    final QuickBooksSimulator quickBooks;
    final CallbackReceiver receiver = new CallbackReceiver();

    private final Clock serviceClock;
    private final String database;
    private final List<String> settings = new ArrayList<>(List.of("events.webhook.gather=200ms"));
    private TestService service;

    private Scene(MovableClock clock, Clock serviceClock, String database, String... settings) {
        this(clock, serviceClock, database, quickBooks -> List.of(settings));
    }

    private Scene(
            MovableClock clock, Clock serviceClock, String database, Function<QuickBooksSimulator, List<String>> settings) {
        this.clock = clock;
        this.quickBooks = new QuickBooksSimulator(clock);
        this.serviceClock = serviceClock;
        this.database = database;
        var own = settings.apply(quickBooks);
        this.settings.removeIf(usual -> own.stream().anyMatch(each -> each.startsWith(usual.substring(0, usual.indexOf('=') + 1))));
        this.settings.addAll(own);
        this.service = start();
    }

    /** Service and QuickBooks agree on the time. */
    static Scene on(TestDatabase database, String... settings) {
        return at(MovableClock.running(), database, settings);
    }

    /** The same, where OAuth 1.0 still works. */
    static Scene withOAuth1(TestDatabase database) {
        var clock = MovableClock.running();
        return new Scene(clock, clock, database.freshUrl(), TestService::oauth1);
    }

    /** On a database of the test's own. */
    static Scene onDatabase(String url, String... settings) {
        var clock = MovableClock.running();
        return new Scene(clock, clock, url, settings);
    }

    /** Both go by this clock. */
    static Scene at(MovableClock clock, TestDatabase database, String... settings) {
        return new Scene(clock, clock, database.freshUrl(), settings);
    }

    /** QuickBooks' clock stands still, so that all of it happens in one second. */
    static Scene standingStill(TestDatabase database, String... settings) {
        return new Scene(MovableClock.at(Instant.now()), MovableClock.running(), database.freshUrl(), settings);
    }

    /** QuickBooks' clock is this far from the service's. */
    static Scene withClocksApart(Duration quickBooksAhead, String... settings) {
        var ours = MovableClock.running();
        var theirs = MovableClock.following(ours);
        theirs.advance(quickBooksAhead);
        return new Scene(theirs, ours, TestDatabase.H2.freshUrl(), settings);
    }

    private TestService start() {
        return TestService.start(database, serviceClock, quickBooks, settings.toArray(String[]::new));
    }

    /** Another process on the same database. */
    void restart() {
        restartAfter(() -> { });
    }

    /** The same, after some time in which there is none. */
    void restartAfter(Runnable meanwhile) {
        service.close();
        meanwhile.run();
        service = start();
    }

    TestService service() {
        return service;
    }

    Clock serviceClock() {
        return serviceClock;
    }

    /** Of the company that is connected next. */
    String nextRealm() {
        return "91303500" + (COMPANIES.get() + 1);
    }

    Company connect(String... resources) {
        return connect(Map.of(), resources);
    }

    /** @param history gets the company's id, and five seconds pass before it is connected */
    Company connectAfter(Consumer<String> history, Map<String, ?> configuration, String... resources) {
        history.accept(nextRealm());
        clock.advance(Duration.ofSeconds(5));
        return connect(configuration, resources);
    }

    /** Polls nothing by itself for a day, so that a test says when. */
    Company connect(Map<String, ?> configuration, String... resources) {
        var realm = "91303500" + COMPANIES.incrementAndGet();
        var keys = new HashMap<String, Object>(Map.of("event.poller.refresh_interval", NEVER));
        if (resources.length > 0) {
            keys.put("event.poller.urls", String.join("|", resources));
        }
        keys.putAll(configuration);
        var callback = receiver.url() + "/" + realm;
        return new Company(this, realm, service.connect(quickBooks, realm, callback, keys));
    }

    @Override
    public void close() {
        service.close();
        receiver.close();
        quickBooks.close();
    }
}
