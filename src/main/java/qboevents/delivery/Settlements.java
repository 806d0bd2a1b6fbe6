// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.database.WriteBehind;

/**
 * Writes down what came of tries, many in one transaction, while the next ones are under way: what is lost with the process
 * is tried again under the same ids. Every write names the try's claim.
 */
@Component
class Settlements {

    private static final Logger log = LoggerFactory.getLogger(Settlements.class);
    private static final int MOST = 500;
    private static final Duration GATHER = Duration.ofMillis(20);
    private static final int WAITING = 5000; // then hands wait too

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final DeliveryClaims claims;
    private final WriteBehind<Outcome> written;

    Settlements(JdbcTemplate jdbc, TransactionTemplate transaction, DeliveryClaims claims, DeliverySettings settings) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.claims = claims;
        this.written = new WriteBehind<>("settlements", MOST, WAITING, GATHER, settings.lease(), this::write);
    }

    /** The try is over; it is written down soon. */
    void settle(Outcome outcome) {
        try {
            written.add(outcome);
        } finally {
            claims.landed(outcome);
        }
    }

    private void write(List<Outcome> outcomes) {
        transaction.executeWithoutResult(status -> {
            delete(of(outcomes, Outcome.Delivered.class));
            postpone(of(outcomes, Outcome.RetryAt.class));
            keep(of(outcomes, Outcome.Dead.class));
        });
        of(outcomes, Outcome.RetryAt.class).forEach(retry -> {
            claims.expect(retry);
            log.info("instance {} notification {}: {}; try {} at {}", retry.delivery().instance().id(),
                    retry.delivery().id(), retry.error(), retry.delivery().attempts() + 2, retry.time());
        });
        of(outcomes, Outcome.Dead.class).forEach(dead ->
            log.warn("instance {} notification {}: {}; that was the last try, it is kept as queued",
                    dead.delivery().instance().id(), dead.delivery().id(), dead.error()));
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

    @PreDestroy
    void close() {
        written.close();
    }
}
