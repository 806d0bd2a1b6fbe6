// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one resource of an instance is polled.
 *
 * @param createdTolerance created and updated this close to each other is a creation
 * @param pageSize records per query; 0: as the service is set
 * @param delay how far behind its last poll a poll looks again, where that is further than the service does anyway
 * @param refreshInterval between its polls; null: as the instance and what kind of resource it is say
 */
public record Poller(Duration createdTolerance, int pageSize, Duration delay, @Nullable Duration refreshInterval) {

    static final int TOLERANCE_SECONDS = 10; // Open Connectors

    /** Of a resource of which an instance says no more than its name. */
    static final Poller USUAL = new Poller(Duration.ofSeconds(TOLERANCE_SECONDS), 0, Duration.ZERO, null);
}
