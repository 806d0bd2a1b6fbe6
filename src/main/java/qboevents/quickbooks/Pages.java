// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.event.Change;
import qboevents.event.Changes;
import qboevents.event.Kept;

/** Passes what is in a page on to the log, and what the log says of it back. */
@Component
class Pages {

    /**
     * @param polledAt null when a webhook told of them
     * @param bothSince as {@link Changes} has it
     */
    List<Changes> next(
            QueryPage page,
            long instanceId,
            String resource,
            int notificationSize,
            @Nullable Instant polledAt,
            @Nullable Instant bothSince,
            Duration createdTolerance) {
        return List.of(new Changes(
                instanceId, resource, notificationSize, polledAt, false, bothSince, createdTolerance, page.next()));
    }

    /** What is next in the answer to a change data capture call, by QuickBooks' names. */
    Map<String, List<Change>> captured(CapturePage page) {
        return page.next();
    }

    void kept(QueryPage page, Kept kept) {
        page.counted(kept.count());
    }
}
