// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Instant;

/** One state that a record has had. A deletion carries the SyncToken of the last state. */
public record Change(String entity, String id, int syncToken, Instant lastUpdated, Kind kind) {

    public enum Kind {
        CREATED,
        UPDATED,
        DEACTIVATED,
        VOIDED,
        DELETED
    }

    /** {@code Id|SyncToken}, as notifications name it. */
    public String objectId() {
        return id + "|" + syncToken;
    }
}
