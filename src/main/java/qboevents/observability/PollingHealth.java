// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether everything that is connected is read, by this node or by others. */
@Component("pollingHealthIndicator")
class PollingHealth implements HealthIndicator {

    private final Standing standing;

    PollingHealth(Standing standing) {
        this.standing = standing;
    }

    @Override
    public Health health() {
        var connected = standing.connected();
        if (connected == null) {
            return Health.unknown().withDetail("reason", "The database does not answer").build();
        }
        boolean asked = connected.reconnect() > 0 || connected.paused() > 0;
        var health = asked ? Health.status("ATTENTION") : Health.up();
        var notOffered = standing.notOffered();
        if (notOffered != null && !notOffered.isEmpty()) {
            health.withDetail("notOffered", notOffered);
        }
        return health
                .withDetail("instances", connected.instances())
                .withDetail("reconnectNeeded", connected.reconnect())
                .withDetail("pausedResources", connected.paused())
                .withDetail("failingResources", connected.failing())
                .withDetail("oldestDueSeconds", standing.age(connected.oldestDue()).toSeconds())
                .build();
    }
}
