// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import qboevents.event.Change;
import qboevents.event.Changes;
import qboevents.event.Operation;
import qboevents.event.ReadFailure;

/** What is told of what was read, and what is left to be read again. */
@Component
class BurstProgress {

    private static final Logger log = LoggerFactory.getLogger(BurstProgress.class);

    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);
    private static final int ERROR_LENGTH = 1000;

    /** When an object that was not shown yet is asked for again. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final UnreadRows rows;
    private final Bursts bursts;
    private final LateNotices late;
    private final Clock clock;

    BurstProgress(UnreadRows rows, Bursts bursts, LateNotices late, Clock clock) {
        this.rows = rows;
        this.bursts = bursts;
        this.late = late;
        this.clock = clock;
    }

    /** Of what one call shows of several entities, what this burst is about; what is missing or older is queried for. */
    List<Changes> toldTogether(Burst burst, Map<String, List<Change>> read) {
        var told = new ArrayList<Changes>();
        read.forEach((entity, records) -> {
            var ofEntity = new ArrayList<Change>();
            for (var record : records) {
                burst.of(entity, record).ifPresent(object -> {
                    if (record.operation() == Operation.DELETED) {
                        burst.deletedMeanwhile(object);
                    } else if (!object.isBehind(record)) {
                        burst.shownTogether(object);
                        ofEntity.add(object.told(record, burst.withRecords()));
                    }
                });
            }
            if (!ofEntity.isEmpty()) {
                told.add(burst.changes(burst.resourceOf(entity), ofEntity));
            }
        });
        return told;
    }

    /** Queries are tried, unless the failure is theirs as well. What was told already is found in the log. */
    void failedTogether(Burst burst, ReadFailure failure) {
        if (!failure.aboutRecords()) {
            throw failure;
        }
        log.info("instance {}: what webhooks told of cannot be read in one call, and is queried for: {}",
                burst.instanceId(), failure.getMessage());
    }

    /**
     * After what that call showed is on disk. What an answer without gaps does not show is not queried for at once: that would not
     * show more, and a little later it is read with what has come by then.
     *
     * @param full whether the answer held as much as it can
     * @param faults what it said instead of records of an entity
     * @param refused why there was no answer
     */
    void keptTogether(Burst burst, boolean full, List<String> faults, @Nullable String refused) {
        var done = burst.shownTogether();
        if (burst.polled()) {
            late.credit(rows(done));
        }
        rows.forget(burst.number(), rows(done));
        if (!full && faults.isEmpty() && refused == null) {
            var soon = clock.instant().plus(AGAIN);
            burst.notShownYet().stream().collect(Collectors.groupingBy(object -> burst.askAgain(object, soon)))
                    .forEach((due, objects) -> putOff(burst, objects, due));
        }
        burst.without(done);
    }

    private void putOff(Burst burst, List<UnreadObject> objects, Instant due) {
        rows.putOff(burst.number(), rows(objects), due, null);
        bursts.expect(burst.instanceId(), due);
        burst.without(objects);
    }

    /** The records as the receiver is told of them. */
    List<Changes> told(Burst burst, List<Changes> read) {
        var told = new ArrayList<Change>();
        for (var record : read.stream().flatMap(each -> each.list().stream()).toList()) {
            burst.wanting(record)
                    .filter(object -> !object.isBehind(record) || !burst.waitsFor(object))
                    .ifPresent(object -> {
                        burst.taken(object);
                        told.add(object.told(record, burst.withRecords()));
                    });
        }
        return List.of(burst.changes(told));
    }

    /** What QuickBooks does not show any more is told as Intuit told it, unless the log says as much already. */
    List<Changes> gone(Burst burst) {
        var gone = rows(burst.missing().stream().filter(object -> !burst.waitsFor(object)).toList());
        if (gone.isEmpty()) {
            return List.of();
        }
        // A poll dates a state as its record does, and Intuit a notice a little later.
        var said = rows.outdated(gone, false, burst.polled() ? UnreadObject.DATED_LATER : Duration.ZERO);
        return List.of(burst.changes(gone.stream()
                .filter(row -> !said.contains(row.id()))
                .map(row -> row.notice().asChange())
                .toList()));
    }

    /** After what is to be told of a query's objects is on disk. */
    void kept(Burst burst) {
        var again = burst.missing().stream().filter(burst::waitsFor).toList();
        if (!again.isEmpty()) {
            var due = clock.instant().plus(AGAIN);
            rows.putOff(burst.number(), rows(again), due, null);
            bursts.expect(burst.instanceId(), due);
        }
        var over = rows(burst.atHand().stream().filter(each -> !again.contains(each)).toList());
        if (burst.polled()) {
            late.credit(over);
        }
        rows.forget(burst.number(), over);
        burst.next();
    }

    /** All that is not read yet waits: the query at hand ever longer, what was not asked for as long as the instance. */
    void failed(Burst burst, ReadFailure failure) {
        var now = clock.instant();
        var due = now.plus(failure.pause().orElseGet(() -> delay(burst)));
        var pausedUntil = now.plus(failure.pause().orElse(Bursts.PAUSE));
        var error = failure.counted() ? shortened(failure.getMessage()) : null;
        bursts.expect(burst.instanceId(), due);
        bursts.pause(burst.instanceId(), pausedUntil);
        if (error != null) {
            log.warn("instance {} {}: {} changes that webhooks told of are not read yet: {} ({} in a row, again at {})",
                    burst.instanceId(), burst.resource(), rows(burst.atHand()).size() + rows(burst.notAskedYet()).size(),
                    error, burst.failures() + 1, due);
        }
        rows.putOff(burst.number(), rows(burst.atHand()), due, error);
        rows.putOff(burst.number(), rows(burst.notAskedYet()), pausedUntil, null);
    }

    private static Duration delay(Burst burst) {
        var delay = Duration.ofSeconds(10L << Math.min(burst.failures(), 16));
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }

    private static List<UnreadRow> rows(Collection<UnreadObject> objects) {
        return objects.stream().flatMap(each -> each.rows().stream()).toList();
    }

    private static String shortened(String text) {
        return text.length() <= ERROR_LENGTH ? text : text.substring(0, ERROR_LENGTH);
    }
}
