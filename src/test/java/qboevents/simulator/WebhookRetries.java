// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.util.List;

/** Intuit's schedule, which has no documented end. */
final class WebhookRetries {

    private static final List<Duration> FIRST = List.of(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofMinutes(5),
            Duration.ofMinutes(20), Duration.ofHours(2), Duration.ofHours(4), Duration.ofHours(6));

    private WebhookRetries() {}

    /** @param failures so far, at least one */
    static Duration after(int failures) {
        return FIRST.get(Math.min(failures, FIRST.size()) - 1);
    }
}
