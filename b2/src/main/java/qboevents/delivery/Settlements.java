// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.database.GroupCommit;

/** Writes down what came of tries, many in one transaction. Every write names the try's claim. */
@Component
class Settlements {

    private static final Logger log = LoggerFactory.getLogger(Settlements.class);
    private static final int MOST = 500;

    private final JdbcTemplate jdbc;
    private final GroupCommit<Outcome> commit;

    Settlements(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.commit = new GroupCommit<>(MOST, outcomes -> transaction.executeWithoutResult(status -> write(outcomes)));
    }

    /** Returns when the outcome is on disk. */
    void settle(Outcome outcome) {
        commit.submit(outcome);
        if (outcome instanceof Outcome.RetryAt retry) {
            log.info("instance {} notification {}: {}; try {} at {}", retry.delivery().instance().id(),
                    retry.delivery().id(), retry.error(), retry.delivery().attempts() + 2, retry.time());
        } else if (outcome instanceof Outcome.Dead dead) {
            log.warn("instance {} notification {}: {}; that was the last try, it is kept as queued",
                    dead.delivery().instance().id(), dead.delivery().id(), dead.error());
        }
    }

    private void write(List<Outcome> outcomes) {
        delete(of(outcomes, Outcome.Delivered.class));
        postpone(of(outcomes, Outcome.RetryAt.class));
        keep(of(outcomes, Outcome.Dead.class));
    }

    private static <T extends Outcome> List<T> of(List<Outcome> outcomes, Class<T> type) {
        return outcomes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void delete(List<Outcome.Delivered> delivered) {
        if (!delivered.isEmpty()) {
            jdbc.batchUpdate("delete from delivery where id = ? and claim = ?", delivered, delivered.size(), (row, one) -> {
                row.setLong(1, one.delivery().id());
                row.setLong(2, one.delivery().claim());
            });
        }
    }

    private void postpone(List<Outcome.RetryAt> retries) {
        if (!retries.isEmpty()) {
            jdbc.batchUpdate(
                    """
                    update delivery
                    set attempts = attempts + 1, next_attempt_at = ?, last_error = ?, claim = null, claimed_by = null
                    where id = ? and claim = ?
                    """,
                    retries, retries.size(), (row, one) -> {
                        row.setObject(1, utc(one.time()));
                        row.setString(2, one.error());
                        row.setLong(3, one.delivery().id());
                        row.setLong(4, one.delivery().claim());
                    });
        }
    }

    private void keep(List<Outcome.Dead> dead) {
        if (!dead.isEmpty()) {
            jdbc.batchUpdate(
                    """
                    update delivery
                    set status = 'queued', attempts = attempts + 1, last_error = ?, claim = null, claimed_by = null
                    where id = ? and claim = ?
                    """,
                    dead, dead.size(), (row, one) -> {
                        row.setString(1, one.error());
                        row.setLong(2, one.delivery().id());
                        row.setLong(3, one.delivery().claim());
                    });
        }
    }
}
