// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.event.Change;
import qboevents.event.Changes;
import qboevents.event.Operation;
import qboevents.event.ReadFailure;

/** The steps of a comparison. Each is written down when it is done, so that whoever goes on repeats one step at most. */
@Component
class GapProgress {

    private static final Logger log = LoggerFactory.getLogger(GapProgress.class);

    /** Up to so many calls a count, which costs one too, could not save any. */
    private static final int NOT_WORTH_COUNTING = 2;

    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private final GapObjects objects;
    private final GapRows rows;
    private final GapClaims claims;
    private final TransactionTemplate transaction;
    private final Clock clock;

    GapProgress(GapObjects objects, GapRows rows, GapClaims claims, TransactionTemplate transaction, Clock clock) {
        this.objects = objects;
        this.rows = rows;
        this.claims = claims;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Takes up the next ids that may be gone; when all are taken up, asks for them, at once or after a count. */
    void gather(GapComparison gap) {
        write(gap, 0, () -> {
            // The log first: what retention moves from there meanwhile is found where it has put it.
            var ids = gap.stage() == GapStage.LOG ? objects.inLog(gap) : objects.known(gap);
            objects.takeUp(gap, ids);
            if (ids.size() == GapObjects.STEP) {
                gap.at(gap.stage(), ids.get(ids.size() - 1));
            } else if (gap.stage() == GapStage.LOG) {
                gap.at(GapStage.KNOWN, "");
            } else {
                gap.at(GapObjects.calls(objects.count(gap)) <= NOT_WORTH_COUNTING ? GapStage.ASK : GapStage.COUNT, "");
            }
        });
    }

    /**
     * Takes the way that needs fewer calls. A record that appears while it is counted, or a page that passes one over, costs
     * calls and no more: nothing is told before it was asked for by its id.
     *
     * @param total records that QuickBooks has; null when it did not tell
     * @param pageSize records in a page of a list
     */
    void counted(GapComparison gap, @Nullable Long total, int pageSize) {
        long left = objects.count(gap);
        long byList = total == null ? Long.MAX_VALUE : total / pageSize + 1 + GapObjects.calls(Math.max(0, left - total));
        write(gap, 0, () -> {
            if (byList < GapObjects.calls(left)) {
                gap.at(GapStage.LIST, "1");
            } else {
                gap.at(GapStage.ASK, "");
            }
        });
    }

    /** QuickBooks has these. */
    void listed(GapComparison gap, List<Changes> records) {
        write(gap, 0, () -> objects.crossOut(gap, ids(records)));
    }

    /** @param full whether there may be more than what this page holds */
    void listedPage(GapComparison gap, int records, boolean full) {
        write(gap, 0, () -> {
            if (full && !objects.next(gap).isEmpty()) {
                gap.at(GapStage.LIST, String.valueOf(gap.position() + records));
            } else {
                gap.at(GapStage.ASK, "");
            }
        });
    }

    /** The next to ask for by their ids; when there are none all is found. */
    void choose(GapComparison gap) {
        gap.ask(objects.next(gap));
        if (gap.ids().isEmpty()) {
            rows.finish(gap);
            gap.end();
        }
    }

    /** QuickBooks has these of those that were asked for. */
    void shown(GapComparison gap, List<Changes> records) {
        gap.shows(ids(records));
    }

    /** The deletions, as change data capture would have told them; when they happened nobody knows. */
    List<Changes> deletions(GapComparison gap) {
        return List.of(gap.told(gap.missing().stream()
                .map(id -> new Change(id, null, null, gap.until(), Operation.DELETED, stub(id)))
                .toList()));
    }

    private static byte[] stub(String id) {
        var quoted = new String(JsonStringEncoder.getInstance().quoteAsString(id));
        return ("{\"domain\":\"QBO\",\"status\":\"Deleted\",\"Id\":\"" + quoted + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** After the deletions are on disk. */
    void kept(GapComparison gap) {
        write(gap, gap.missing().size(), () -> objects.crossOut(gap, gap.ids()));
    }

    private void write(GapComparison gap, int found, Runnable step) {
        transaction.executeWithoutResult(status -> {
            rows.lock(gap);
            step.run();
            rows.write(gap, found);
        });
        gap.written();
        if (claims.stopping()) {
            gap.end();
        }
    }

    private static List<String> ids(List<Changes> records) {
        return records.stream().flatMap(each -> each.list().stream()).map(Change::objectId).toList();
    }

    /** Nothing is told; what has been reached stays. */
    void failed(GapComparison gap, ReadFailure failure) {
        if (claims.stopping()) {
            gap.end(); // whoever stopped us has cut the call: nothing is to blame
            return;
        }
        int failures = gap.failures() + (failure.counted() ? 1 : 0);
        var due = clock.instant().plus(failure.pause().orElseGet(() -> delay(failures)));
        if (failure.counted() && failure.pause().isEmpty() && gap.asks()) {
            objects.blame(gap, gap.ids());
        }
        rows.putOff(gap, failures, failure.counted() ? failure.getMessage() : null, due);
        gap.end();
        if (failure.counted()) {
            log.warn("instance {} {}: what was deleted before {} is not found yet: {} ({} in a row, again at {})",
                    gap.instanceId(), gap.resource(), gap.until(), failure.getMessage(), failures, due);
        }
    }

    private static Duration delay(int failures) {
        var delay = Duration.ofSeconds(10L << Math.min(Math.max(0, failures - 1), 16));
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }
}
