// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import static qboevents.database.SqlTime.utc;
import static qboevents.database.SqlTime.utcOrNull;

import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.event.ReadFailure;

/** Writes down how far a poll has come and how it ended. Every write names the claim: a poll that lost its lease writes nothing. */
@Component
class PollProgress {

    private static final Logger log = LoggerFactory.getLogger(PollProgress.class);
    private static final int ERROR_LENGTH = 1000;

    private final JdbcClient jdbc;
    private final PollingSettings settings;
    private final Clock clock;

    PollProgress(JdbcClient jdbc, PollingSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** "From now on" is on QuickBooks' clock. Cursors made together begin together. */
    PollClaim anchor(PollClaim claim, @Nullable Instant quickBooksTime) {
        if (quickBooksTime == null) {
            throw ReadFailure.of("QuickBooks did not tell the time, so it is not known what is new");
        }
        var anchored = claim.anchored(quickBooksTime, clock.instant());
        jdbc.sql(
                        """
                        update poll_cursor set start_at = :start
                        where instance_id = :instance and created_at = :created and start_at is null
                        """)
                .param("start", utcOrNull(anchored.startAt()))
                .param("instance", claim.instance().id())
                .param("created", utc(claim.createdAt()))
                .update();
        return anchored;
    }

    /** After a page whose records are on disk. */
    PollClaim advance(
            PollClaim claim, int rows, int kept, boolean full, @Nullable Instant last, @Nullable Instant time) {
        var next = claim.moved(claim.window().after(rows, kept, full, last, time, claim.overlap(settings.overlap())));
        if (next.unfinished()) {
            write(claim, next, null, claim.failures(), claim.dueAt(), null, false);
        } else {
            write(claim, next, null, 0, next(claim), null, true);
        }
        return next;
    }

    /** The cursor stays. */
    void failed(PollClaim claim, ReadFailure failure) {
        var now = clock.instant();
        int failures = claim.failures() + (failure.counted() ? 1 : 0);
        var due = now.plus(failure.pause().orElseGet(() -> delay(claim, failures)));
        var paused = failure.counted() && failures >= settings.disableAfter() ? now : null;
        write(claim, claim, failure.counted() ? shortened(failure.getMessage()) : null, failures, due, paused, true);
        if (failure.counted()) {
            log.warn("instance {} {}: {} ({} in a row, again at {})", claim.instanceId(), claim.resource(),
                    failure.getMessage(), failures, paused == null ? due : "never before it is asked for: paused");
        }
    }

    // A due time that is not the claimed one was set meanwhile: somebody asked for a poll now.
    private void write(
            PollClaim claim,
            PollClaim next,
            @Nullable String error,
            int failures,
            Instant due,
            @Nullable Instant paused,
            boolean ended) {
        var now = clock.instant();
        int written = jdbc.sql(
                        """
                        update poll_cursor
                        set read_until = :until, failures = :failures, paused_at = :paused,
                            due_at = case when due_at = :claimed_due then :due else due_at end,
                            calls = calls + :calls, last_poll_at = :now, leased_until = :lease,
                            last_error = case when :failures = 0 then null when :error <> '' then :error else last_error end
                        where instance_id = :instance and resource = :resource and claim = :claim
                        """)
                .param("until", utcOrNull(next.readUntil()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("failures", failures)
                .param("due", utc(due))
                .param("claimed_due", utc(claim.dueAt()))
                .param("paused", utcOrNull(paused), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("calls", claim.calls())
                .param("now", utc(now))
                .param("lease", utc(ended ? Instant.EPOCH : now.plus(settings.lease())))
                .param("error", error == null ? "" : error)
                .param("instance", claim.instance().id())
                .param("resource", claim.resource())
                .param("claim", claim.number())
                .update();
        if (written == 0 && !ended) {
            throw ReadFailure.postponed("Another node reads this now", settings.lease());
        }
    }

    /** The next time on this cursor's own grid, so that companies stay spread over the interval. */
    private Instant next(PollClaim claim) {
        var interval = claim.instance().events().refreshInterval().toMillis();
        long late = Math.max(0, Duration.between(claim.dueAt(), clock.instant()).toMillis());
        return claim.dueAt().plusMillis((late / interval + 1) * interval);
    }

    /** Sooner than the interval after a first failure, then ever later, at most the interval. */
    private static Duration delay(PollClaim claim, int failures) {
        var interval = claim.instance().events().refreshInterval();
        var delay = Duration.ofSeconds(10L << Math.min(failures - 1, 16));
        return delay.compareTo(interval) < 0 ? delay : interval;
    }

    private static String shortened(String text) {
        return text.length() <= ERROR_LENGTH ? text : text.substring(0, ERROR_LENGTH);
    }
}
