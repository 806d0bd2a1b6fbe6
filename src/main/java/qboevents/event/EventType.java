// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.time.Duration;

/** The four words of Open Connectors. */
public enum EventType {
    CREATED,
    UPDATED,
    DELETED,
    UNKNOWN;

    /** Created and updated so close to each other is a creation (Open Connectors: createdCheckTolerance, 10 s). */
    private static final Duration CREATED_TOLERANCE = Duration.ofSeconds(10);

    /** From a record's own times wherever it tells them, so that a poll and a webhook say the same of the same state. */
    static EventType of(Change change) {
        var told = change.operation();
        if (told == Operation.DELETED) {
            return DELETED;
        }
        if (change.createdAt() == null || change.updatedAt() == null) {
            return told == null ? UPDATED : told.type();
        }
        var apart = Duration.between(change.createdAt(), change.updatedAt()).abs();
        return apart.compareTo(CREATED_TOLERANCE) <= 0 ? CREATED : UPDATED;
    }
}
