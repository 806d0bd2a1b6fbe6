// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one resource of one instance that came together.
 *
 * @param notificationSize how many of them at most go into one notification
 * @param polledAt null when they came by webhook
 * @param deletedOnce whether others may tell of the same deletions, each with a time of its own
 * @param bothSince from when on polls and webhooks are both expected to tell of it; null: only one of them is
 * @param createdTolerance created and updated this close to each other is a creation
 */
public record Changes(
        long instanceId,
        String resource,
        int notificationSize,
        @Nullable Instant polledAt,
        boolean deletedOnce,
        @Nullable Instant bothSince,
        Duration createdTolerance,
        List<Change> list) {}
