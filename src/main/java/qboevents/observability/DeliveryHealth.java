// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import java.time.Duration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether what is owed is sent. */
@Component("deliveryHealthIndicator")
class DeliveryHealth implements HealthIndicator {

    /** What is due is sent within milliseconds, also after a burst within seconds. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private final Standing standing;

    DeliveryHealth(Standing standing) {
        this.standing = standing;
    }

    @Override
    public Health health() {
        var backlog = standing.backlog();
        if (backlog == null) {
            return Health.unknown().withDetail("reason", "The database does not answer").build();
        }
        boolean late = standing.age(backlog.get("due").oldest()).compareTo(LATE) > 0;
        var health = late || backlog.get("dead").count() > 0 ? Health.status("ATTENTION") : Health.up();
        backlog.forEach((state, part) -> health
                .withDetail(state, part.count())
                .withDetail(state + "OldestSeconds", standing.age(part.oldest()).toSeconds()));
        return health.build();
    }
}
