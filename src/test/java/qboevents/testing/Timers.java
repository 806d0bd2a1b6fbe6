// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.MovableClock;

/**
 * A service's timers on a clock that stands still until the next of them has something to do: a month takes as long as its
 * calls. Each route is entered where Quartz enters it, all that is due at once; Quartz alone is left out. The clock is moved
 * on when all that was begun has ended, its notifications too. The service must be started with {@link #SETTINGS}.
 */
public final class Timers implements AutoCloseable {

    /** No second of the real time begins a poll, and no limit of the real time holds one up. */
    public static final List<String> SETTINGS = List.of(
            "events.polling.tick=0 0 0 1 1 ? 2099",
            "quickbooks.api.calls-per-second=1000000",
            "quickbooks.api.calls-per-minute=1000000");

    private static final Duration LONGEST = Duration.ofMinutes(1); // of real time, for what begins together
    private static final Duration SHORT = Duration.ofMillis(500); // of real time, for a thread to begin
    private static final Duration A_WHILE = Duration.ofSeconds(30); // a company may be left alone for an hour
    private static final int MOST_TIMES = 200; // for one moment
    private static final String POLLED = "c.paused_at is null and i.polls and i.enabled and i.deleted_at is null";

    private final MovableClock clock;
    private final Duration tick;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private CamelContext camel;
    private JdbcClient jdbc;

    /** @param tick how often the timers would tick: a poll may be late by so much */
    public Timers(MovableClock clock, Duration tick, TestService service) {
        this.clock = clock;
        this.tick = tick;
        attend(service);
    }

    /** After a restart. */
    public void attend(TestService service) {
        camel = service.bean(CamelContext.class);
        jdbc = service.bean(JdbcClient.class);
    }

    /** Every poll that is due until then runs in its time, and what webhooks told of is read in its own. */
    public void runUntil(Instant end) {
        var times = 0;
        for (var next = nextTick(end); next.isPresent(); next = nextTick(end)) {
            times = next.get().equals(clock.instant()) ? times + 1 : 0;
            if (times > MOST_TIMES) {
                throw new AssertionError("Something is due at " + next.get() + " again and again");
            }
            clock.set(next.get());
            fire(duePolls());
            if (nextBurst().filter(this::isDue).isPresent()) {
                readBursts();
            }
            awaitQuiet();
        }
        clock.set(later(clock.instant(), end));
    }

    /**
     * All that webhooks told of is read, and the clock moved as far as that needs.
     *
     * @param each is given what reads all that is due at one time
     */
    public void runUntilBurstsAreRead(Consumer<Runnable> each) {
        awaitQuiet();
        for (var next = nextBurst(); next.isPresent(); next = nextBurst()) {
            var time = later(next.get(), clock.instant());
            each.accept(() -> runUntil(time));
        }
    }

    private Optional<Instant> nextTick(Instant end) {
        return Stream.concat(nextPoll().map(this::onTick).stream(), nextBurst().map(due -> later(due, clock.instant())).stream())
                .min(Comparator.naturalOrder())
                .filter(next -> !next.isAfter(end));
    }

    private List<String> duePolls() {
        return jdbc.sql("select distinct c.resource from poll_cursor c join instance i on i.id = c.instance_id where c.due_at <= :now and "
                        + POLLED)
                .param("now", now())
                .query(String.class)
                .list();
    }

    /** What is due may have to wait for an instance that is left alone for a while: then the time goes on. */
    private void readBursts() {
        fire(List.of("look-for-records"));
        fire(List.of("tick-records"));
        try {
            await().atMost(SHORT).pollInterval(Duration.ofMillis(1)).until(() -> nextBurst().filter(this::isDue).isEmpty());
        } catch (ConditionTimeoutException waiting) {
            awaitQuiet();
            clock.advance(A_WHILE);
        }
    }

    private boolean isDue(Instant time) {
        return !time.isAfter(clock.instant());
    }

    /** In the order and at the moment in which the threads come to it. */
    private void fire(List<String> routes) {
        var fired = routes.stream().map(id -> threads.submit(() -> enter(id), id)).toList();
        for (var each : fired) {
            try {
                each.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError("A timer failed", e);
            }
        }
    }

    private void enter(String id) {
        Tick.of(camel.getRoute(id)).ifPresent(failure -> {
            throw new AssertionError(id + " failed", failure);
        });
    }

    /** Nothing is being polled, read or delivered. */
    private void awaitQuiet() {
        try {
            await().atMost(LONGEST).pollInterval(Duration.ofMillis(1)).until(() -> jdbc.sql(
                            """
                            select (select count(*) from poll_cursor where leased_until > :now)
                                 + (select count(*) from company_lease where leased_until > :now)
                                 + (select count(*) from unread_change where claim is not null)
                                 + (select count(*) from delivery)
                            """)
                    .param("now", now())
                    .query(Long.class)
                    .single() == 0);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("At " + clock.instant() + " this does not end: " + leased("poll_cursor") + leased("company_lease")
                    + rows("select * from unread_change where claim is not null") + rows("select * from delivery"), e);
        }
    }

    private List<Map<String, Object>> leased(String table) {
        return jdbc.sql("select * from " + table + " where leased_until > :now").param("now", now()).query().listOfRows();
    }

    private List<Map<String, Object>> rows(String statement) {
        return jdbc.sql(statement).query().listOfRows();
    }

    private Optional<Instant> nextPoll() {
        return time("select min(c.due_at) from poll_cursor c join instance i on i.id = c.instance_id where " + POLLED);
    }

    private Optional<Instant> nextBurst() {
        return time("select min(due_at) from unread_change where claim is null");
    }

    private Optional<Instant> time(String statement) {
        return Optional.ofNullable(jdbc.sql(statement).query((row, number) -> row.getObject(1, OffsetDateTime.class)).list().get(0))
                .map(OffsetDateTime::toInstant);
    }

    /** When a timer next ticks at that time or later. */
    private Instant onTick(Instant due) {
        var millis = tick.toMillis();
        var late = later(due, clock.instant()).toEpochMilli() + (due.getNano() % 1_000_000 == 0 ? 0 : 1);
        return Instant.ofEpochMilli(-Math.floorDiv(-late, millis) * millis);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
