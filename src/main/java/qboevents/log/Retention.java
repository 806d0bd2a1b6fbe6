// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.log.RetentionRows.Old;

/**
 * Removes what is settled and older than {@code events.retention}, a small step at a time. Events are also what a change is
 * recognised by: so one stays as long as the change could be told again, and as long as anything is owed for it.
 */
@Component
class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final int MOST = 500; // events in a step
    private static final int PROBES = 200; // instances looked at in a step
    /** A whole day more than the ledger tells. */
    private static final Duration RECONCILED = Duration.ofDays(ReconciliationLedger.REACH + 2);

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration ROUND = Duration.ofMinutes(10); // from the end of one to the next

    /** Intuit sends a webhook again when our answer was lost, after hours if nobody was there. */
    private static final Duration WEBHOOKS_COME_AGAIN = Duration.ofDays(1);

    /** QuickBooks is asked for whole seconds. */
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RetentionRows rows;
    private final TransactionTemplate transaction;
    private final Duration retention;
    private final Clock clock;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile Instant next = Instant.MIN;
    private volatile boolean more; // of what is not the log's

    Retention(RetentionRows rows, TransactionTemplate transaction, RetentionSettings settings, Clock clock) {
        this.rows = rows;
        this.transaction = transaction;
        this.retention = settings.retention();
        this.clock = clock;
    }

    /** Looks at some hundred rows at most; one that is asked for while another is under way is left out. */
    void step() {
        if (clock.instant().isBefore(next) || !oneAtATime.tryLock()) {
            return;
        }
        try {
            step(clock.instant());
        } finally {
            oneAtATime.unlock();
        }
    }

    private void step(Instant now) {
        var after = transaction.execute(status -> rows.claim(now, now.plus(STEP)) ? walk(now) : null);
        if (after == null) {
            return; // another node did it
        }
        next = after.over() && !more ? now.plus(ROUND) : Instant.MIN;
        if (after.over() && after.removed() > 0) {
            log.info("{} rows older than {} removed; {} as old are kept, since they are owed or could be told again",
                    after.removed(), retention, after.kept());
        }
    }

    private RetentionRound walk(Instant now) {
        var round = rows.round();
        if (round.over()) {
            round = RetentionRound.beginning(now);
        }
        more = rows.deleteReconciled(now.minus(RECONCILED), MOST) == MOST;
        int most = MOST;
        for (int probe = 0; probe < PROBES && most > 0; probe++) {
            var old = round.over() ? List.<Old>of() : rows.next(round, round.began().minus(retention), most);
            boolean allRead = old.size() < most;
            var whole = allRead ? old : withoutItsLastRun(old);
            if (!whole.isEmpty()) {
                round = remove(round, whole, now);
            }
            most -= old.size();
            if (allRead) {
                var instance = rows.instanceAfter(round.instanceId());
                if (instance.isEmpty()) {
                    return end(round);
                }
                round = round.at(instance.get());
            }
        }
        rows.write(round, now.plus(STEP));
        return round;
    }

    private RetentionRound end(RetentionRound round) {
        var before = round.began().minus(retention);
        int others = rows.deleteOperatorEvents(before, MOST) + rows.deleteUnreadable(before, MOST);
        var over = new RetentionRound(round.began(), -1, Instant.EPOCH, -1, round.removed() + others, round.kept());
        rows.write(over, clock.instant().plus(more ? STEP : ROUND));
        return over;
    }

    /** A notification's events go together, and the rest of them comes with the next step. */
    private static List<Old> withoutItsLastRun(List<Old> old) {
        long last = old.get(old.size() - 1).deliveryId();
        return old.stream().takeWhile(each -> each.deliveryId() != last).toList();
    }

    private RetentionRound remove(RetentionRound round, List<Old> old, Instant now) {
        var runs = old.stream().map(Old::deliveryId).collect(Collectors.toSet());
        var needed = needed(round.instanceId(), old, now);
        needed.addAll(rows.owed(runs)); // read after the events: what is delivered meanwhile stays for the next round
        runs.removeAll(needed);
        var ids = new ArrayList<Long>();
        old.stream().filter(each -> runs.contains(each.deliveryId())).forEach(each -> ids.add(each.id()));
        if (!ids.isEmpty()) {
            rows.rememberObjects(ids);
            rows.forgetObjects(ids);
            rows.delete(ids, runs);
        }
        var last = old.get(old.size() - 1);
        return round.behind(last.recordedAt(), last.id(), ids.size(), old.size() - ids.size());
    }

    /** The runs with a change that QuickBooks could tell again. */
    private Set<Long> needed(long instanceId, List<Old> old, Instant now) {
        var readUntil = rows.readUntil(instanceId);
        var needed = new HashSet<Long>();
        for (var each : old) {
            var until = readUntil.getOrDefault(each.resource(), Instant.MAX);
            boolean readAgain = until.equals(Instant.MIN) || !each.changedAt().isBefore(until.minus(SECOND));
            boolean toldByWebhooks = each.polledAt() == null || each.both();
            boolean sentAgain = toldByWebhooks && each.recordedAt().isAfter(now.minus(WEBHOOKS_COME_AGAIN));
            if (readAgain || sentAgain) {
                needed.add(each.deliveryId());
            }
        }
        return needed;
    }
}
