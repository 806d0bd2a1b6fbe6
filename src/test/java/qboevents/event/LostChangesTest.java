// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.jspecify.annotations.Nullable;
import qboevents.event.EventRows.Row;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** What a poll told is looked for in the log, and counted as lost when neither it nor a later state is there. */
class LostChangesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @OnEachDatabase
    void countsOnceWhatTheLogDoesNotHoldInThatOrALaterState(TestDatabase database) {
        var log = new Log(database);
        log.write(told(NOW, "1|3", "2|7", "4|x"));

        log.reconciliation.note(log.rows.draft(List.of(told(NOW, "1|3", "1|2", "1|4", "2|10", "3|0", "4|x", "4|y")), null, NOW));
        log.reconciliation.note(log.rows.draft(List.of(told(NOW, "1|4", "2|6")), null, NOW));

        assertThat(log.lost()).containsExactly("1|4", "2|10", "3|0");
    }

    @OnEachDatabase
    void missesNothingThatWasDeletedSince(TestDatabase database) {
        var log = new Log(database);
        log.write(deleted("1"));

        log.reconciliation.note(log.rows.draft(List.of(told(NOW.minusSeconds(1), "1|9"), deleted("1")), null, NOW));
        log.reconciliation.note(log.rows.draft(List.of(told(NOW.plusSeconds(1), "1|9"), deleted("2")), null, NOW));

        assertThat(log.lost()).containsExactlyInAnyOrder("1|9", "2|2026-11-20T12:00:00Z");
    }

    @OnEachDatabase
    void looksOnlyAtWhatPollsTellOfInstancesThatListenToo(TestDatabase database) {
        var log = new Log(database);

        log.reconciliation.note(log.rows.draft(List.of(changes(null, NOW, "1|0"), changes(NOW, null, "2|0")), null, NOW));

        assertThat(log.lost()).isEmpty();
    }

    private static final class Log {

        final JdbcClient client;
        final EventRows rows;
        final Reconciliation reconciliation;

        Log(TestDatabase database) {
            var log = TestLog.of(database.fresh());
            client = log.client();
            rows = log.rows();
            reconciliation = log.reconciliation();
        }

        void write(Changes changes) {
            List<Row> drafts = rows.draft(List.of(changes), null, NOW);
            rows.insert(drafts);
        }

        List<String> lost() {
            return client.sql("select object_id, version from lost_change order by object_id, version")
                    .query((row, number) -> row.getString(1) + "|" + row.getString(2)).list();
        }
    }

    private static Changes told(Instant changedAt, String... states) {
        return new Changes(7, "invoices", 10, NOW, true, NOW.minusSeconds(60), Duration.ofSeconds(10), list(changedAt, states));
    }

    private static Changes changes(@Nullable Instant polledAt, @Nullable Instant bothSince, String... states) {
        return new Changes(7, "invoices", 10, polledAt, true, bothSince, Duration.ofSeconds(10), list(NOW, states));
    }

    private static Changes deleted(String id) {
        var change = new Change(id, null, null, NOW, Operation.DELETED, "{}".getBytes(StandardCharsets.UTF_8));
        return new Changes(7, "invoices", 10, NOW, true, NOW.minusSeconds(60), Duration.ofSeconds(10), List.of(change));
    }

    private static List<Change> list(Instant changedAt, String... states) {
        return Arrays.stream(states).map(state -> state.split("\\|"))
                .map(state -> new Change(
                        state[0], state[1], changedAt, changedAt, null, "{}".getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
