// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the log, as it is sent. */
record StoredEvent(
        String objectId,
        @Nullable String syncToken,
        String eventType,
        Instant changedAt,
        @Nullable Instant polledAt,
        byte[] record) {}
