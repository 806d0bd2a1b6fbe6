// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import static qboevents.database.SqlTime.utc;
import static qboevents.database.SqlTime.utcOrNull;

import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
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
    private final Paces paces;
    private final PollMeters meters;
    private final Clock clock;

    PollProgress(JdbcClient jdbc, PollingSettings settings, Paces paces, PollMeters meters, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.paces = paces;
        this.meters = meters;
        this.clock = clock;
    }

    /** "From now on" is on QuickBooks' clock. Cursors made together begin together. */
    PollClaim anchor(PollClaim claim, @Nullable Instant quickBooksTime) {
        if (quickBooksTime == null) {
            throw ReadFailure.of("QuickBooks did not tell the time, so it is not known what is new");
        }
        var anchored = claim.anchored(quickBooksTime, clock.instant()).told(quickBooksTime, claim.polledAt());
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
            PollClaim claim, int rows, int kept, boolean full, @Nullable Instant last, @Nullable Instant told) {
        var now = clock.instant();
        var time = believed(claim, told, now);
        var overlap = claim.overlap(settings.overlap());
        var window = claim.window().after(rows, kept, full, last, time, overlap);
        var next = time != null && passed(claim, time, now)
                ? claim.setBack(time, now, overlap)
                : claim.told(time, claim.polledAt()).moved(window, kept > 0, now);
        if (next.unfinished()) {
            write(claim, next, null, claim.failures(), claim.dueAt(), null, false);
        } else {
            if (claim.failures() >= CompanyClaims.HOPELESS && paces.together(claim.instance(), claim.resource())) {
                queryUntil(List.of(claim), clock.instant().plus(Duration.ofDays(1)),
                        "change data capture failed " + claim.failures() + " times in a row, a query did not");
            }
            write(claim, next, null, 0, next(next), null, true);
            meters.ended(claim);
        }
        meters.read(claim, rows);
        return next;
    }

    /** Null for a time that cannot be QuickBooks': then it is as if it had told none. */
    private static @Nullable Instant believed(PollClaim claim, @Nullable Instant told, Instant now) {
        if (told == null || claim.quickBooksClock().believes(told, now)) {
            return told;
        }
        log.warn("instance {} {}: {}", claim.instanceId(), claim.resource(), notBelieved(claim, told, now));
        return null;
    }

    private static String notBelieved(PollClaim claim, Instant told, Instant now) {
        return "QuickBooks told the time " + told + " where " + claim.quickBooksClock().expected(now) + " was expected; it is not believed";
    }

    private static boolean passed(PollClaim claim, Instant time, Instant now) {
        boolean passed = claim.passed(time, now);
        if (passed) {
            log.warn("instance {} {}: all before {} was taken as read, and QuickBooks told the time {}: the cursor is set back. What"
                            + " is known to be unread is read again; what was changed or deleted before that may have been missed",
                    claim.instanceId(), claim.resource(), claim.readUntil(), time);
        }
        return passed;
    }

    /** After an answer that told all that was changed or deleted since these were read last. */
    void captured(List<PollClaim> claims, Instant time, boolean fresh) {
        var now = clock.instant();
        claims.stream().filter(claim -> !claim.quickBooksClock().believes(time, now)).findFirst().ifPresent(claim -> {
            throw ReadFailure.of(notBelieved(claim, time, now)).inRecords();
        });
        var before = claims.stream().map(PollClaim::polledAt).min(Comparator.naturalOrder()).orElse(now);
        var read = claims.stream().map(claim -> captured(claim, time, fresh, before, now)).toList();
        int calls = claims.stream().mapToInt(PollClaim::calls).max().orElse(1);
        var quietSince = read.stream().map(PollProgress::quietSince).max(Comparator.naturalOrder());
        read.stream()
                .collect(Collectors.groupingBy(claim -> new Ending(claim, paces.next(
                        claim.instance(), paces.of(claim.instance(), claim.resource(), quietSince.orElseThrow()).interval(), now))))
                .forEach((ending, alike) -> write(ending, alike, calls));
        claims.forEach(meters::ended);
    }

    private PollClaim captured(PollClaim claim, Instant time, boolean fresh, Instant before, Instant now) {
        var overlap = claim.overlap(settings.overlap());
        return passed(claim, time, now)
                ? claim.setBack(time, now, overlap)
                : claim.told(time, before).captured(time.minus(overlap), fresh);
    }

    private record Ending(
            @Nullable Instant until, @Nullable Instant changedAt, QuickBooksClock quickBooksClock, Instant claimedDue, Instant due) {
        private Ending(PollClaim claim, Instant due) {
            this(claim.readUntil(), claim.changedAt(), claim.quickBooksClock(), claim.dueAt(), due);
        }
    }

    private static Instant quietSince(PollClaim claim) {
        return claim.changedAt() == null ? claim.createdAt() : claim.changedAt();
    }

    /** What ends alike is written by one statement. */
    private void write(Ending ending, List<PollClaim> claims, int calls) {
        jdbc.sql(
                        """
                        update poll_cursor
                        set read_until = :until, captured_until = :until, changed_at = :changed, clock_ahead = :ahead,
                            query_until = null, query_because = null, failures = 0, paused_at = null, last_error = null,
                            due_at = case when due_at = :claimed_due then :due else due_at end,
                            calls = calls + :calls, last_poll_at = :now, leased_until = :past
                        where instance_id = :instance and resource = any(:resources) and claim = :claim
                        """)
                .param("until", utcOrNull(ending.until()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("changed", utcOrNull(ending.changedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("ahead", ending.quickBooksClock().millis(), Types.BIGINT)
                .param("claimed_due", utc(ending.claimedDue()))
                .param("due", utc(ending.due()))
                .param("calls", calls)
                .param("now", utc(clock.instant()))
                .param("past", utc(Instant.EPOCH))
                .param("instance", claims.get(0).instanceId())
                .param("resources", claims.stream().map(PollClaim::resource).toArray(String[]::new))
                .param("claim", claims.get(0).number())
                .update();
    }

    /** Change data capture is not asked about these before then. */
    void queryUntil(List<PollClaim> claims, Instant until, String because) {
        jdbc.sql(
                        """
                        update poll_cursor set query_until = :until, query_because = :because
                        where instance_id = :instance and resource = any(:resources) and claim = :claim
                        """)
                .param("until", utc(until))
                .param("because", shortened(because))
                .param("instance", claims.get(0).instanceId())
                .param("resources", claims.stream().map(PollClaim::resource).toArray(String[]::new))
                .param("claim", claims.get(0).number())
                .update();
    }

    /** The cursor stays. */
    void failed(PollClaim claim, ReadFailure failure) {
        meters.failed(claim, failure);
        var now = clock.instant();
        int failures = claim.failures() + (failure.counted() ? 1 : 0);
        var due = now.plus(failure.pause().orElseGet(() -> delay(claim, failures)));
        var paused = failure.counted() && failures >= settings.disableAfter() ? now : null;
        write(claim, claim, failure.shown() ? shortened(failure.getMessage()) : null, failures, due, paused, true);
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
                        set read_until = :until, failures = :failures, paused_at = :paused, changed_at = :changed,
                            clock_ahead = :ahead,
                            captured_until = case when :read then coalesce(captured_until, :begun) else captured_until end,
                            due_at = case when due_at = :claimed_due then :due else due_at end,
                            calls = calls + :calls, last_poll_at = :now, leased_until = :lease,
                            last_error = case when :error <> '' then :error when :failures = 0 then null else last_error end
                        where instance_id = :instance and resource = :resource and claim = :claim
                        """)
                .param("until", utcOrNull(next.readUntil()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("changed", utcOrNull(next.changedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("ahead", next.quickBooksClock().millis(), Types.BIGINT)
                .param("read", ended && failures == 0)
                .param("begun", utc(claim.polledAt().minus(settings.overlap())))
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

    /** The next time on the company's grid, or on the cursor's own, so that polls stay spread over the interval. */
    private Instant next(PollClaim claim) {
        var pace = paces.of(claim.instance(), claim.resource(), quietSince(claim)).interval();
        if (paces.together(claim.instance(), claim.resource())) {
            return paces.next(claim.instance(), pace, clock.instant());
        }
        long interval = Math.max(1, pace.toMillis());
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
