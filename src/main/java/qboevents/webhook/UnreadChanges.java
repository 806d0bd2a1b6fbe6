// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.database.GroupCommit;

/** What was told and is not read yet, kept until it is. What many hand in at the same time is written in one transaction. */
@Component
class UnreadChanges {

    private static final int MOST_IN_ONE_COMMIT = 250; // callers
    private static final Duration PATIENCE = Duration.ofMillis(2500); // Intuit gives up on us after 3 s

    private final UnreadRows rows;
    private final Bursts bursts;
    private final ReadingSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final GroupCommit<List<Unread>, Boolean> group;

    UnreadChanges(
            UnreadRows rows, Bursts bursts, ReadingSettings settings, TransactionTemplate transaction, Clock clock) {
        this.rows = rows;
        this.bursts = bursts;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
        this.group = new GroupCommit<>("unread-changes", MOST_IN_ONE_COMMIT, PATIENCE, this::write);
    }

    /** Returns when all of it is on disk. What waits already is not kept twice. */
    void keep(List<Unread> told) {
        if (!told.isEmpty()) {
            group.submit(told);
        }
    }

    private List<Boolean> write(List<List<Unread>> all) {
        var unread = all.stream().flatMap(List::stream).toList();
        var now = clock.instant();
        Function<Unread, Instant> due = each -> now.plus(settings.gather(each.resource()));
        transaction.executeWithoutResult(status -> rows.insert(unread, now, due));
        unread.forEach(each -> bursts.expect(each.instanceId(), due.apply(each)));
        return Collections.nCopies(all.size(), true);
    }

    /** Of an instance that is gone. */
    void forget(long instanceId) {
        rows.forgetInstance(instanceId);
    }

    @PreDestroy
    void close() {
        group.close();
    }
}
