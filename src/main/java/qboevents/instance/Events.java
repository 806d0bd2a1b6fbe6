// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an instance wants to be told, and where.
 *
 * @param enabled whether it wants events at all
 * @param polls whether QuickBooks is asked for changes; never true when not enabled
 * @param listens whether Intuit's webhooks are taken; never true when not enabled
 * @param callback how notifications are sent; there is one whenever events are enabled
 * @param resources names; empty: every resource that the routes offer
 * @param pollers how those resources are polled of which more is said than the name
 * @param zone how dates without a zone are read
 * @param strategy {@code auto}, {@code query} or {@code cdc}
 * @param adaptive whether the interval may follow the activity
 * @param hydrate whether what a webhook tells of is told with its record; where it is polled too the record is read in any
 *     case, since only its SyncToken shows that poll and webhook mean the same change
 */
public record Events(
        boolean enabled,
        boolean polls,
        boolean listens,
        @Nullable Callback callback,
        Duration refreshInterval,
        List<String> resources,
        Map<String, Poller> pollers,
        ZoneId zone,
        Start start,
        String strategy,
        boolean adaptive,
        boolean hydrate) {

    public Poller poller(String resource) {
        return pollers.getOrDefault(resource, Poller.USUAL);
    }
}
