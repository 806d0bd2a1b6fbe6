// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.util.List;
import org.springframework.stereotype.Component;
import qboevents.event.Changes;

/** Separates what a body holds. */
@Component
class Sorting {

    private final Listeners listeners;
    private final UnreadChanges unreadChanges;
    private final UnreadableWebhooks unreadableWebhooks;

    Sorting(Listeners listeners, UnreadChanges unreadChanges, UnreadableWebhooks unreadableWebhooks) {
        this.listeners = listeners;
        this.unreadChanges = unreadChanges;
        this.unreadableWebhooks = unreadableWebhooks;
    }

    /**
     * What can be told at once. What is told when its record has been read, and what nobody could read, is on disk then.
     *
     * @param path of the request: it may name the one instance that is meant
     */
    List<Changes> sort(Batch batch, String path) {
        var addressed = listeners.address(batch.notices(), path);
        unreadChanges.keep(addressed.unread());
        unreadableWebhooks.keep(batch.unreadable());
        return addressed.changes();
    }
}
