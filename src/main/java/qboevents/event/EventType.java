// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.time.Duration;

/** The four words of Open Connectors. */
public enum EventType {
    CREATED,
    UPDATED,
    DELETED,
    UNKNOWN;

    /**
     * From a record's own times wherever it tells them, so that a poll and a webhook say the same of the same state.
     *
     * @param createdTolerance created and updated this close to each other is a creation
     */
    static EventType of(Change change, Duration createdTolerance) {
        var told = change.operation();
        if (told == Operation.DELETED) {
            return DELETED;
        }
        if (change.createdAt() == null || change.updatedAt() == null) {
            return told == null ? UPDATED : told.type();
        }
        var apart = Duration.between(change.createdAt(), change.updatedAt()).abs();
        return apart.compareTo(createdTolerance) <= 0 ? CREATED : UPDATED;
    }
}
