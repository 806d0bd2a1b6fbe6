// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import qboevents.event.Change;
import qboevents.event.Operation;
import qboevents.resource.Resource;

/**
 * All that was told of one object in a burst. Its record is read once.
 *
 * @param rows by the time of the change, at least one
 */
record UnreadObject(Resource resource, String objectId, List<UnreadRow> rows) {

    /** Intuit dates a webhook a little later than the record it tells of. */
    static final Duration DATED_LATER = Duration.ofSeconds(10);

    static UnreadObject of(List<UnreadRow> rows) {
        var sorted = rows.stream()
                .sorted(Comparator.comparing(UnreadRow::time).thenComparing(UnreadRow::id))
                .toList();
        var unread = sorted.get(0).unread();
        return new UnreadObject(unread.resource(), unread.notice().objectId(), sorted);
    }

    int failures() {
        return rows.stream().mapToInt(UnreadRow::failures).max().orElse(0);
    }

    Instant toldAt() {
        return rows.stream().map(UnreadRow::toldAt).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** Whether this is a state from before what was told: QuickBooks shows some changes late. */
    boolean isBehind(Change record) {
        var told = last().notice().time();
        return told != null && record.updatedAt() != null && record.updatedAt().plus(DATED_LATER).isBefore(told);
    }

    /** @param withRecord whether the receiver gets the record, or what Intuit said of it last */
    Change told(Change record, boolean withRecord) {
        return new Change(
                objectId,
                record.syncToken(),
                record.createdAt(),
                record.updatedAt(),
                operation().orElse(record.operation()),
                withRecord ? record.record() : last().notice().element());
    }

    private UnreadRow last() {
        return rows.get(rows.size() - 1);
    }

    /** What the record does not show. Whether it was created or updated its own times say, as they do for a poll. */
    private Optional<Operation> operation() {
        return Stream.of(Operation.VOIDED, Operation.MERGED, Operation.EMAILED)
                .filter(each -> rows.stream().anyMatch(row -> row.notice().operation() == each))
                .findFirst();
    }
}
