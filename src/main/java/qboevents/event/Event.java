// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log, as it is sent.
 *
 * @param operation what was done, where the type says less: {@code voided}
 * @param polledAt null: told by a webhook
 * @param record JSON, the bytes as they came
 */
public record Event(
        String objectId,
        @Nullable String syncToken,
        String type,
        @Nullable String operation,
        Instant changedAt,
        @Nullable Instant polledAt,
        byte[] record) {

    /** Nothing more is known of what was done. */
    Event asItsTypeSays() {
        return new Event(objectId, syncToken, type, null, changedAt, polledAt, record);
    }

    /** Notifications name the state where it is known (Open Connectors: {@code Id|SyncToken}). */
    public String objectIdAndState() {
        return syncToken == null ? objectId : objectId + "|" + syncToken;
    }
}
