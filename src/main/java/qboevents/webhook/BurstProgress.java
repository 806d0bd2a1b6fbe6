// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import qboevents.event.Change;
import qboevents.event.Changes;
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
    private final Clock clock;

    BurstProgress(UnreadRows rows, Bursts bursts, Clock clock) {
        this.rows = rows;
        this.bursts = bursts;
        this.clock = clock;
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
        var said = rows.outdated(gone, false);
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
        rows.forget(burst.number(), rows(burst.atHand().stream().filter(each -> !again.contains(each)).toList()));
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
