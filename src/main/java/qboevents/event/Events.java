// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.database.GroupCommit;

/**
 * Keeps changes, each once, and what is owed for them. What many hand in at the same time is written in one transaction; a
 * page of a poll is large enough for one of its own.
 */
@Component
public class Events implements AutoCloseable {

    private static final int SMALL = 100;
    private static final int MOST_IN_ONE_COMMIT = 250; // callers, each with less than SMALL changes
    private static final Duration PATIENCE = Duration.ofMillis(2500); // Intuit gives up on us after 3 s

    private final EventRows rows;
    private final Reconciliation reconciliation;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final KeptCounts polled = new KeptCounts();
    private final KeptCounts told = new KeptCounts();
    private final GroupCommit<Told, Kept> small;
    private final @Nullable Origin origin;

    Events(
            EventRows rows,
            Reconciliation reconciliation,
            Outbox outbox,
            TransactionTemplate transaction,
            Clock clock,
            Optional<Origin> origin) {
        this.rows = rows;
        this.reconciliation = reconciliation;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
        this.origin = origin.orElse(null);
        this.small = new GroupCommit<>("event-log", MOST_IN_ONE_COMMIT, PATIENCE, this::write);
    }

    private record Told(List<Changes> changes, @Nullable String traceparent) {}

    /** Returns when all of it is on disk. */
    public Kept keep(List<Changes> changes) {
        int count = changes.stream().mapToInt(each -> each.list().size()).sum();
        if (count == 0) {
            return new Kept(0, 0);
        }
        boolean hurried = hurried(changes);
        var told = new Told(changes, origin == null ? null : origin.traceparent());
        var kept = count < SMALL || hurried ? small.submit(told) : write(List.of(told)).get(0);
        return (hurried ? this.told : polled).count(kept);
    }

    /** Somebody waits for the answer to a webhook, however much it told. */
    private static boolean hurried(List<Changes> changes) {
        return changes.stream().allMatch(each -> each.polledAt() == null);
    }

    private List<Kept> write(List<Told> all) {
        var drafts = all.stream().map(each -> rows.draft(each.changes(), each.traceparent(), now())).toList();
        var owed = new AtomicReference<Outbox.Written>();
        try {
            transaction.executeWithoutResult(status -> {
                var together = drafts.stream().flatMap(Collection::stream).toList();
                rows.awaitTurn(together);
                rows.compare(together, now());
                rows.insert(together);
                reconciliation.note(together);
                owed.set(outbox.put(drafts.stream().flatMap(each -> EventRows.runs(each).stream()).toList()));
            });
        } catch (RuntimeException e) {
            Optional.ofNullable(owed.get()).ifPresent(Outbox.Written::rolledBack);
            throw e;
        }
        owed.get().committed();
        return drafts.stream().map(EventRows::kept).toList();
    }

    /** As it is read back: what is finer would change the order of two. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    KeptCounts polled() {
        return polled;
    }

    KeptCounts told() {
        return told;
    }

    long commits() {
        return small.batches();
    }

    long callers() {
        return small.items();
    }

    @Override
    @PreDestroy
    public void close() {
        small.close();
    }
}
