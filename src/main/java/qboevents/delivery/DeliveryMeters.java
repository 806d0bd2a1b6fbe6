// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** {@code delivery.attempts} by what came of them, and {@code delivery.latency} from an event's record to the answer 2xx. */
@Component
class DeliveryMeters {

    private static final Duration[] STEPS = {
        Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(1),
        Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(1)};

    private final Timer delivered;
    private final Timer retried;
    private final Timer dead;
    private final Timer latency;
    private final Clock clock;

    DeliveryMeters(MeterRegistry registry, Clock clock) {
        this.delivered = attempts(registry, "delivered");
        this.retried = attempts(registry, "retried");
        this.dead = attempts(registry, "dead");
        this.latency = Timer.builder("delivery.latency")
                .description("From an event's record in the log to its receiver's 2xx; without what an operator repeats")
                .serviceLevelObjectives(STEPS)
                .register(registry);
        this.clock = clock;
    }

    private static Timer attempts(MeterRegistry registry, String outcome) {
        return Timer.builder("delivery.attempts")
                .description("POSTs to receivers, until they were answered or given up")
                .tag("outcome", outcome)
                .serviceLevelObjectives(STEPS[0], STEPS[2], STEPS[3], STEPS[4], STEPS[6], STEPS[7], STEPS[8])
                .register(registry);
    }

    void count(Outcome outcome) {
        timer(outcome).record(outcome.attempt().duration());
        if (outcome instanceof Outcome.Delivered && !outcome.delivery().repeat()) {
            latency.record(Duration.between(outcome.delivery().createdAt(), clock.instant()));
        }
    }

    private Timer timer(Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            return delivered;
        }
        return outcome instanceof Outcome.RetryAt ? retried : dead;
    }
}
