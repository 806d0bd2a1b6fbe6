// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import static qboevents.database.SqlTime.utc;

import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Times of which change data capture cannot tell any more, or could not tell all. Queries read what was changed in them, and
 * what was deleted is found by comparing ids.
 */
@Component
class Gaps {

    private static final Logger log = LoggerFactory.getLogger(Gaps.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final PollingSettings settings;
    private final Clock clock;

    Gaps(JdbcClient jdbc, TransactionTemplate transaction, PollingSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
    }

    /** Writes a gap down where change data capture would have to look back further than this. */
    PollClaim noted(PollClaim claim, Instant oldest) {
        var since = claim.capturedUntil();
        if (since == null || since.isAfter(oldest) || claim.instance().events().strategy().equals("query")) {
            return claim;
        }
        return note(claim, "not read for longer than the " + CompanyClaims.LOOK_BACK.toDays()
                + " days that change data capture is asked to look back");
    }

    /** From where change data capture has told all up to now, by QuickBooks' clock as far as it is known. */
    PollClaim note(PollClaim claim, String because) {
        var from = claim.capturedSince();
        if (from == null) {
            return claim;
        }
        var captured = claim.polledAt().minus(settings.overlap());
        var until = captured.isBefore(from) ? from : captured; // of an instance that is younger than the overlap
        transaction.executeWithoutResult(status -> write(claim, from, until, because));
        log.warn("instance {} {}: change data capture does not tell all from {} to {}: {}; read by queries",
                claim.instanceId(), claim.resource(), from, until, because);
        return claim.withoutDeletionsBefore(until);
    }

    private void write(PollClaim claim, Instant from, Instant until, String because) {
        int written = jdbc.sql(
                        """
                        update poll_cursor
                        set gap_from = case when gap_from is not null and gap_compared_at is null then gap_from else :from end,
                            gap_until = :until, gap_because = :because, gap_compared_at = null, captured_until = :until
                        where instance_id = :instance and resource = :resource and claim = :claim
                        """)
                .param("from", utc(from))
                .param("until", utc(until))
                .param("because", because)
                .param("instance", claim.instanceId())
                .param("resource", claim.resource())
                .param("claim", claim.number())
                .update();
        if (written == 1) {
            compareSoon(claim);
        }
    }

    /** A gap that grows while it is compared is compared again from there on. */
    private void compareSoon(PollClaim claim) {
        jdbc.sql(
                        """
                        insert into gap_comparison (instance_id, resource, stage, reached, found, failures, due_at, leased_until)
                        select instance_id, resource, 'log', '', 0, 0,
                               case when gap_next_at > :now then gap_next_at else :now end, :past
                        from poll_cursor where instance_id = :instance and resource = :resource
                        on conflict do nothing
                        """)
                .param("now", utc(clock.instant()))
                .param("past", utc(Instant.EPOCH))
                .param("instance", claim.instanceId())
                .param("resource", claim.resource())
                .update();
    }
}
