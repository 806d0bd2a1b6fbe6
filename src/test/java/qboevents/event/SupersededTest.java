// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
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

    private Events events(TestDatabase database) {
        var source = database.fresh();
        var jdbc = new JdbcTemplate(source);
        return new Events(new EventRows(jdbc, new Ids(JdbcClient.create(source))), this::put,
                new TransactionTemplate(new DataSourceTransactionManager(source)), Clock.systemUTC());
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

    private static Changes polled(String... states) {
        var changes = Arrays.stream(states).map(state -> state.split("\\|"))
                .map(state -> new Change(state[0], state[1], NOW, NOW, null, "{}".getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new Changes(7, "invoices", 10, NOW, Duration.ofSeconds(10), changes);
    }
}
