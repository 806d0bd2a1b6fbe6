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

    /** @param fresh whether what was read before that was new */
    PollClaim moved(Window next, boolean fresh) {
        var until = next.safe() == null ? readUntil : later(readUntil, next.safe());
        return with(startAt, until, capturedUntil, fresh ? polledAt : changedAt, next, 0);
    }

    /** All that was changed or deleted before then is on disk. */
    PollClaim captured(Instant until, boolean fresh) {
        return with(startAt, later(readUntil, until), until, fresh ? polledAt : changedAt, window, 0);
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

    private PollClaim with(
            @Nullable Instant start,
            @Nullable Instant until,
            @Nullable Instant captured,
            @Nullable Instant changed,
            Window next,
            int callsNow) {
        return new PollClaim(
                instance, resource, entity, inactive, number, createdAt, start, until, dueAt, failures, polledAt, captured,
                queryUntil, changed, next, callsNow);
    }

    private static Instant later(@Nullable Instant a, Instant b) {
        return a == null || b.isAfter(a) ? b : a;
    }
}
