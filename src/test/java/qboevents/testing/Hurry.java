// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.database.SqlTime;
import qboevents.simulator.MovableClock;

/**
 * A test waits for facts, not for the second in which Quartz ticks: a service's timers tick at once after each call that may
 * have changed something and when the clock was moved, and those that look for what nobody told them, several times a second.
 */
final class Hurry implements AutoCloseable {

    private static final int PAUSE_MILLIS = 200;
    private static final List<String> OFTEN = List.of(
            "tick-delivery", "look-everywhere", "tick-records", "look-for-records", "compare-gaps", "keep-calls");
    private static final List<String> LATER = List.of("retention");

    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(1, task -> {
        var named = new Thread(task, "hurry");
        named.setDaemon(true);
        return named;
    }, new ThreadPoolExecutor.DiscardPolicy());
    private final Runnable moved = this::moved;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final CamelContext camel;
    private final JdbcClient jdbc;
    private final MovableClock clock;

    Hurry(ApplicationContext context, MovableClock clock) {
        this.camel = context.getBean(CamelContext.class);
        this.jdbc = context.getBean(JdbcClient.class);
        this.clock = clock;
        clock.watch(moved);
        thread.scheduleWithFixedDelay(() -> tick(OFTEN.stream()), PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Something may have become due. */
    void changed() {
        if (!asked.getAndSet(true)) {
            thread.execute(() -> {
                asked.set(false);
                tick(Stream.concat(duePolls(), OFTEN.stream()));
            });
        }
    }

    /** It has become later, perhaps by years. */
    private void moved() {
        changed();
        thread.execute(() -> tick(LATER.stream()));
    }

    private Stream<String> duePolls() {
        try {
            return jdbc.sql("select distinct resource from poll_cursor where due_at <= :now and paused_at is null")
                    .param("now", SqlTime.utc(clock.instant())).query(String.class).list().stream();
        } catch (RuntimeException databaseIsAway) {
            return Stream.empty();
        }
    }

    private void tick(Stream<String> routes) {
        try {
            routes.map(camel::getRoute).filter(route -> route != null && !thread.isShutdown()
                    && camel.getRouteController().getRouteStatus(route.getId()).isStarted()).forEach(Tick::of);
        } catch (RuntimeException goneMeanwhile) {
            // of a route that is taken away; the next time it is not there
        }
    }

    /** Nothing ticks any more when this returns. */
    @Override
    public void close() {
        clock.forget(moved);
        thread.shutdown(); // no interrupt: it would close the files of H2
        try {
            thread.awaitTermination(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
