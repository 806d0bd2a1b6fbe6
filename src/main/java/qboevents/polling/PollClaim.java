// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import qboevents.budget.CallOrigin;
import qboevents.budget.Reason;
import qboevents.instance.Instance;
import qboevents.instance.Poller;

/**
 * One poll of one resource of one instance, from its claim to its end. Every step gives the next one.
 *
 * @param inactive whether the entity hides its inactive records unless they are asked for
 * @param number names this poll in every write, so that one which lost its lease writes nothing
 * @param createdAt when the cursor was made, on our clock
 * @param startAt nothing before it is told, on QuickBooks' clock; null until that clock is known
 * @param readUntil what QuickBooks changed before is on disk; null: nothing
 * @param dueAt when this poll was due
 * @param failures in a row, before this poll
 * @param capturedUntil what QuickBooks changed or deleted before is on disk; null: change data capture has told nothing yet
 * @param queryUntil change data capture is not asked before; null: it is
 * @param changedAt when something new was seen last, on our clock; null: never yet
 * @param quickBooksClock what it can show
 * @param window where the next page begins
 * @param calls to QuickBooks since they were last written down
 */
public record PollClaim(
        Instance instance,
        String resource,
        String entity,
        boolean inactive,
        long number,
        Instant createdAt,
        @Nullable Instant startAt,
        @Nullable Instant readUntil,
        Instant dueAt,
        int failures,
        Instant polledAt,
        @Nullable Instant capturedUntil,
        @Nullable Instant queryUntil,
        @Nullable Instant changedAt,
        QuickBooksClock quickBooksClock,
        Window window,
        int calls) implements CallOrigin {

    private static final int MOST_EVENTS = 10; // Open Connectors, for polled ones

    // Routes read these as ${variable.claim.since}; no name may be another's getter, which the language could not tell apart.

    public boolean unfinished() {
        return !window.finished();
    }

    public boolean unanchored() {
        return startAt == null;
    }

    @Override
    public Reason reason() {
        return unanchored() ? Reason.ANCHOR : Reason.POLL;
    }

    public int notificationSize() {
        var callback = instance.events().callback();
        return callback == null ? MOST_EVENTS : callback.notificationSize(MOST_EVENTS);
    }

    public @Nullable Instant bothSince() {
        return instance.bothSince();
    }

    public Duration createdTolerance() {
        return poller().createdTolerance();
    }

    /** Records per query; 0: as the service is set. */
    public int pageSize() {
        return poller().pageSize();
    }

    /** How far behind QuickBooks' clock this poll leaves its cursor. */
    Duration overlap(Duration usual) {
        var wanted = poller().delay();
        return wanted.compareTo(usual) > 0 ? wanted : usual;
    }

    private Poller poller() {
        return instance.events().poller(resource);
    }

    public @Nullable Instant since() {
        return window.since();
    }

    public int position() {
        return window.position();
    }

    /** One more call went out. */
    public PollClaim asked() {
        return with(startAt, readUntil, capturedUntil, changedAt, window, calls + 1);
    }

    /** QuickBooks' clock is known now: "from now on" began when the cursor was made. */
    PollClaim anchored(Instant quickBooksTime, Instant ourTime) {
        var start = createdAt.plus(Duration.between(ourTime, quickBooksTime)).truncatedTo(ChronoUnit.SECONDS);
        return with(start, readUntil, capturedUntil, changedAt, Window.from(start), calls);
    }

    /** @param before our clock when that answer was not there yet */
    PollClaim told(@Nullable Instant quickBooksTime, Instant before) {
        return quickBooksTime == null ? this : with(quickBooksClock.told(quickBooksTime, before));
    }

    /**
     * @param fresh whether what was read before that was new
     * @param now on our clock: a record may be dated as wrongly as an answer
     */
    PollClaim moved(Window next, boolean fresh, Instant now) {
        var safe = next.safe();
        var until = safe == null || !quickBooksClock.believes(safe, now) ? readUntil : later(readUntil, safe);
        return with(startAt, until, capturedUntil, fresh ? polledAt : changedAt, next, 0);
    }

    /** All that was changed or deleted before then is on disk. */
    PollClaim captured(Instant until, boolean fresh) {
        return with(startAt, later(readUntil, until), until, fresh ? polledAt : changedAt, window, 0);
    }

    /** Whether it has followed a wrong time, and passes over what is changed now. */
    boolean passed(Instant quickBooksTime, Instant now) {
        return QuickBooksClock.passed(readUntil, quickBooksTime, now);
    }

    /**
     * Ends this poll. The next one reads again what was changed since something new was seen last: before that the cursor had not
     * followed a wrong time. The log knows what was told.
     */
    PollClaim setBack(Instant quickBooksTime, Instant now, Duration overlap) {
        var quietSince = (changedAt == null ? createdAt : changedAt).plus(Duration.between(now, quickBooksTime));
        var oldest = quickBooksTime.minus(CompanyClaims.LOOK_BACK);
        var from = quietSince.isAfter(quickBooksTime) ? quickBooksTime : later(oldest, quietSince);
        var until = from.minus(overlap);
        return with(startAt, until, until, changedAt, window.ended(), 0)
                .with(new QuickBooksClock(null).told(quickBooksTime, polledAt));
    }

    /** Deletions before then are found in another way. */
    PollClaim withoutDeletionsBefore(Instant until) {
        return with(startAt, readUntil, until, changedAt, window, calls);
    }

    /** From where change data capture has to tell: never from before the start, which the overlap may reach behind. */
    @Nullable Instant capturedSince() {
        var since = since();
        var earliest = since == null || capturedUntil == null || since.isBefore(capturedUntil) ? since : capturedUntil;
        return earliest == null || startAt == null ? earliest : later(startAt, earliest);
    }

    private PollClaim with(QuickBooksClock told) {
        return new PollClaim(
                instance, resource, entity, inactive, number, createdAt, startAt, readUntil, dueAt, failures, polledAt, capturedUntil,
                queryUntil, changedAt, told, window, calls);
    }

    private PollClaim with(
            @Nullable Instant start,
            @Nullable Instant until,
            @Nullable Instant captured,
            @Nullable Instant changed,
            Window next,
            int callsNow) {
        return new PollClaim(
                instance, resource, entity, inactive, number, createdAt, start, until, dueAt, failures, polledAt, captured,
                queryUntil, changed, quickBooksClock, next, callsNow);
    }

    private static Instant later(@Nullable Instant a, Instant b) {
        return a == null || b.isAfter(a) ? b : a;
    }
}
