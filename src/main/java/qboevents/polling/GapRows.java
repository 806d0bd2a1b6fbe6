// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import static qboevents.database.SqlTime.utc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.event.ReadFailure;

/** How far a comparison is. The cursor's row is always written before the comparison's, so that no two wait for each other. */
@Component
class GapRows {

    private static final Logger log = LoggerFactory.getLogger(GapRows.class);
    private static final int ERROR_LENGTH = 1000;
    private static final String OF = " where instance_id = :instance and resource = :resource";
    private static final String CLAIMED = " and claim = :claim";

    /**
     * From one comparison of a resource to the next: a busy company's answers may be cut off in every poll, and to look for
     * deletions must not cost more than to poll.
     */
    private static final Duration APART = Duration.ofHours(6);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final PollingSettings settings;
    private final Clock clock;

    GapRows(JdbcClient jdbc, TransactionTemplate transaction, PollingSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
    }

    /** Counts the calls so far; whoever writes first keeps others out until its transaction has ended. */
    void lock(GapComparison gap) {
        of(gap, "update poll_cursor set calls = calls + :calls" + OF).param("calls", gap.calls()).update();
    }

    void write(GapComparison gap, int found) {
        written(of(gap,
                        """
                        update gap_comparison
                        set stage = :stage, reached = :reached, found = found + :found, failures = 0, last_error = null,
                            leased_until = :lease
                        """ + OF + CLAIMED)
                .param("stage", gap.stage().word())
                .param("reached", gap.reached())
                .param("found", found)
                .param("lease", utc(clock.instant().plus(settings.lease())))
                .param("claim", gap.number())
                .update());
    }

    void putOff(GapComparison gap, int failures, @Nullable String error, Instant due) {
        transaction.executeWithoutResult(status -> {
            lock(gap);
            of(gap,
                            """
                            update gap_comparison
                            set failures = :failures, due_at = :due, leased_until = :past,
                                last_error = case when :error <> '' then :error else last_error end
                            """ + OF + CLAIMED)
                    .param("failures", failures)
                    .param("due", utc(due))
                    .param("past", utc(Instant.EPOCH))
                    .param("error", error == null ? "" : error.substring(0, Math.min(error.length(), ERROR_LENGTH)))
                    .param("claim", gap.number())
                    .update();
        });
    }

    /** All that was deleted before the gap's end is told. What the gap has grown by meanwhile is compared another time. */
    void finish(GapComparison gap) {
        var next = clock.instant().plus(APART);
        transaction.executeWithoutResult(status -> {
            boolean whole = of(gap,
                            """
                            update poll_cursor
                            set gap_compared_at = :now, gap_next_at = :next, calls = calls + :calls,
                                gap_deletions = (select g.found from gap_comparison g
                                                 where g.instance_id = :instance and g.resource = :resource)
                            """ + OF + " and gap_until = :until")
                    .param("now", utc(clock.instant()))
                    .param("next", utc(next))
                    .param("calls", gap.calls())
                    .param("until", utc(gap.until()))
                    .update() == 1;
            written(whole ? delete(gap) : begin(gap, next));
        });
        log.info("instance {} {}: what was deleted before {} is found", gap.instanceId(), gap.resource(), gap.until());
    }

    private int delete(GapComparison gap) {
        return of(gap, "delete from gap_comparison" + OF + CLAIMED).param("claim", gap.number()).update();
    }

    private int begin(GapComparison gap, Instant next) {
        of(gap, "update poll_cursor set gap_from = :until, gap_next_at = :next, calls = calls + :calls" + OF)
                .param("until", utc(gap.until()))
                .param("next", utc(next))
                .param("calls", gap.calls())
                .update();
        return of(gap,
                        """
                        update gap_comparison
                        set gap_until = null, stage = :stage, reached = '', found = 0, failures = 0, last_error = null,
                            due_at = :next, leased_until = :past
                        """ + OF + CLAIMED)
                .param("stage", GapStage.LOG.word())
                .param("next", utc(next))
                .param("past", utc(Instant.EPOCH))
                .param("claim", gap.number())
                .update();
    }

    private void written(int rows) {
        if (rows == 0) {
            throw ReadFailure.postponed("Another node compares this now", settings.lease());
        }
    }

    private JdbcClient.StatementSpec of(GapComparison gap, String sql) {
        return jdbc.sql(sql).param("instance", gap.instanceId()).param("resource", gap.resource());
    }
}
