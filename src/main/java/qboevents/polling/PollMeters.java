// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import qboevents.event.ReadFailure;

/** {@code polling.polls} by what came of them, and {@code polling.records}. As many resources as the routes offer, no more. */
@Component
class PollMeters {

    private final MeterRegistry registry;
    private final Clock clock;

    PollMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** All of a window is on disk. */
    void ended(PollClaim claim) {
        count(claim, "read");
    }

    /** It is tried again; {@code postponed}: nothing was wrong with it, it was only not its turn. */
    void failed(PollClaim claim, ReadFailure failure) {
        count(claim, failure.counted() ? "failed" : "postponed");
    }

    private void count(PollClaim claim, String outcome) {
        Timer.builder("polling.polls")
                .description("Polls of one resource of one instance, from the claim to the end")
                .tags("resource", claim.resource(), "outcome", outcome)
                .register(registry)
                .record(Duration.between(claim.polledAt(), clock.instant()));
    }

    /** A page of a query, known records too. */
    void read(PollClaim claim, int rows) {
        Counter.builder("polling.records")
                .description("Records that QuickBooks answered to queries, those that were known already too")
                .tag("resource", claim.resource())
                .register(registry)
                .increment(rows);
    }
}
