// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * One state that a record has had. A deletion carries the SyncToken of the last state.
 *
 * @param deletedId the record that is no more because it was merged into this one
 */
public record Change(
        String entity, String id, int syncToken, Instant lastUpdated, Kind kind, Optional<String> deletedId) {

    public enum Kind {
        CREATED,
        UPDATED,
        DEACTIVATED,
        VOIDED,
        DELETED,
        MERGED,
        EMAILED
    }

    public Change(String entity, String id, int syncToken, Instant lastUpdated, Kind kind) {
        this(entity, id, syncToken, lastUpdated, kind, Optional.empty());
    }

    /** {@code Id|SyncToken}, as notifications name it. */
    public String objectId() {
        return id + "|" + syncToken;
    }
}
