// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import qboevents.simulator.MovableClock;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** A state that is older than what was told of its object already is not told any more. */
class SupersededTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final List<Run> owed = new ArrayList<>();

    @OnEachDatabase
    void leavesOutWhatIsOlderThanWhatTheLogHas(TestDatabase database) {
        try (var events = events(database)) {
            assertThat(events.keep(List.of(polled("1|9", "2|0")))).isEqualTo(new Kept(2, 0));
            owed.clear();

            var kept = events.keep(List.of(polled("1|8", "1|9", "1|10", "2|0", "3|0")));

            assertThat(kept).isEqualTo(new Kept(2, 3));
            assertThat(owed).flatExtracting(Run::events).extracting(Event::objectIdAndState).containsExactly("1|10", "3|0");
            assertThat(events.keep(List.of(polled("1|9")))).isEqualTo(new Kept(0, 1));
        }
    }

    @OnEachDatabase
    void takesATokenThatIsNoNumberAsItComes(TestDatabase database) {
        try (var events = events(database)) {
            assertThat(events.keep(List.of(polled("1|b", "1|9")))).isEqualTo(new Kept(2, 0));
            assertThat(events.keep(List.of(polled("1|a", "1|8")))).isEqualTo(new Kept(2, 0));
        }
    }

    /** Two that could not see each other may have been written the wrong way round; and what has no SyncToken says nothing of it. */
    @OnEachDatabase
    void knowsTheHighestTokenAlsoWhenItWasNotRecordedLast(TestDatabase database) {
        var clock = MovableClock.at(NOW);
        var source = database.fresh();
        try (var events = events(source, clock)) {
            events.keep(List.of(polled("1|9", "2|3")));
            clock.advance(Duration.ofSeconds(5));
            new JdbcTemplate(source).update("update event set recorded_at = ? where sync_token = '9'", NOW.plusSeconds(1).atOffset(ZoneOffset.UTC));
            new JdbcTemplate(source).update("""
                    insert into event (id, delivery_id, instance_id, resource, object_id, version, sync_token, event_type, changed_at,
                                       recorded_at, record)
                    select 900, 900, instance_id, resource, object_id, '7', '7', 'UPDATED', changed_at, ?, record from event where sync_token = '9'
                    """, NOW.plusSeconds(4).atOffset(ZoneOffset.UTC));
            clock.advance(Duration.ofHours(2));
            events.keep(List.of(toldByWebhook("1"), toldByWebhook("2")));
            clock.advance(Duration.ofHours(2));
            owed.clear();

            assertThat(events.keep(List.of(polled("1|8", "2|2", "2|4")))).isEqualTo(new Kept(1, 2));
            assertThat(owed).flatExtracting(Run::events).extracting(Event::objectIdAndState).containsExactly("2|4");
        }
    }

    private Events events(TestDatabase database) {
        return events(database.fresh(), Clock.systemUTC());
    }

    private Events events(DataSource source, Clock clock) {
        return TestLog.of(source).events(this::put, clock);
    }

    private Outbox.Written put(List<Run> runs) {
        owed.addAll(runs);
        return new Outbox.Written() {
            @Override
            public void committed() {}

            @Override
            public void rolledBack() {}
        };
    }

    private static Changes toldByWebhook(String object) {
        var change = new Change(object, null, NOW.plusSeconds(3600), NOW, null, "{}".getBytes(StandardCharsets.UTF_8));
        return new Changes(7, "invoices", 10, null, true, null, Duration.ofSeconds(10), List.of(change));
    }

    private static Changes polled(String... states) {
        var changes = Arrays.stream(states).map(state -> state.split("\\|"))
                .map(state -> new Change(state[0], state[1], NOW, NOW, null, "{}".getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new Changes(7, "invoices", 10, NOW, true, null, Duration.ofSeconds(10), changes);
    }
}
