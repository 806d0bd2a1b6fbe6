// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring events of the log that are owed to the receiver in one notification.
 *
 * @param traceparent of the poll or webhook that brought them; null: nobody traces
 * @param events those of them that were new
 */
public record Run(
        long firstId,
        long lastId,
        long instanceId,
        String resource,
        Instant recordedAt,
        @Nullable String traceparent,
        List<Event> events) {

    /** Events in one at most, so that they are found by their ids (Open Connectors: 20 from webhooks). */
    public static final int MOST = 20;
}
