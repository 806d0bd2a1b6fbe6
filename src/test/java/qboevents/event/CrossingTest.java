// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** Two who keep states of one object at the same time. */
class CrossingTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Run> committed = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void end() {
        threads.shutdown();
    }

    private Events events(TestLog log) {
        return log.events(runs -> new Outbox.Written() {
            @Override
            public void committed() {
                committed.addAll(runs);
            }

            @Override
            public void rolledBack() {}
        }, Clock.systemUTC());
    }

    private static Changes polled(String... states) {
        var changes = Arrays.stream(states).map(state -> state.split("\\|"))
                .map(state -> new Change(state[0], state[1], NOW.minusSeconds(1000), NOW, null, "{}".getBytes(UTF_8))).toList();
        return new Changes(7, "invoices", 10, NOW, false, null, Duration.ofSeconds(10), changes);
    }

    private List<String> states(String object) {
        return committed.stream().flatMap(run -> run.events().stream())
                .filter(each -> each.objectId().equals(object)).map(Event::objectIdAndState).toList();
    }

    @OnEachDatabase
    void leavesOutWhatIsOlderThanWhatIsWrittenWithIt(TestDatabase database) {
        try (var events = events(TestLog.of(database.fresh()))) {
            assertThat(events.keep(List.of(polled("1|9", "2|1"), polled("1|8", "2|2")))).isEqualTo(new Kept(3, 1));

            assertThat(states("1")).containsExactly("1|9");
            assertThat(states("2")).containsExactly("2|1", "2|2");
        }
    }

    /** A large page is held up in the middle; what comes meanwhile waits for it, however small it is. */
    @Test
    void writesNothingNewerBeforeAPageThatHasSeenLess() throws SQLException {
        var log = TestLog.of(TestDatabase.POSTGRESQL.fresh());
        try (var events = events(log); var other = log.source().getConnection()) {
            keepsUncommitted(other, "a|0");
            var objects = IntStream.range(0, 120).mapToObj(each -> "m" + each + "|0");
            var page = polled(Stream.concat(Stream.of("a|0", "z|4"), objects).toArray(String[]::new));
            var poll = CompletableFuture.runAsync(() -> events.keep(List.of(page)), threads);
            awaitWaiting(log, 1);
            var burst = CompletableFuture.runAsync(() -> events.keep(List.of(polled("z|5"))), threads);
            awaitWaiting(log, 2);
            other.commit();
            CompletableFuture.allOf(poll, burst).join();

            assertThat(states("z")).containsExactly("z|4", "z|5");
        }
    }

    private static void keepsUncommitted(Connection other, String state) throws SQLException {
        other.setAutoCommit(false);
        try (var insert = other.prepareStatement("""
                insert into event (id, delivery_id, instance_id, resource, object_id, version, sync_token, event_type, changed_at,
                                   recorded_at, record)
                values (1, 1, 7, 'invoices', split_part(?, '|', 1), split_part(?, '|', 2), '0', 'UPDATED', now(), now(), '')
                """)) {
            insert.setString(1, state);
            insert.setString(2, state);
            insert.execute();
        }
    }

    private static void awaitWaiting(TestLog log, int transactions) {
        await().until(() -> log.client().sql("select count(distinct pid) from pg_locks where not granted")
                .query(Integer.class).single() >= transactions);
    }
}
