// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import org.apache.camel.Route;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;
import qboevents.resource.Resources;

/** Which routes do not run although nobody has switched them off in their file, and which edit was refused. */
@Component("routesHealthIndicator")
class RoutesHealth implements HealthIndicator {

    private final LiveContext camel;
    private final Resources resources;
    private final RunningRoutes running;

    RoutesHealth(LiveContext camel, Resources resources, RunningRoutes running) {
        this.camel = camel;
        this.resources = resources;
        this.running = running;
    }

    @Override
    public Health health() {
        var stopped = camel.getRoutes().stream().filter(this::stopped).map(Route::getRouteId).sorted().toList();
        var refused = running.refused();
        var health = stopped.isEmpty() && refused == null ? Health.up() : Health.status("ATTENTION");
        if (!stopped.isEmpty()) {
            health.withDetail("stopped", stopped);
        }
        if (refused != null) {
            health.withDetail("refused", refused.lines()).withDetail("refusedAt", refused.at().toString());
        }
        return health
                .withDetail("routes", camel.getRoutesSize())
                .withDetail("resources", resources.names().size())
                .build();
    }

    private boolean stopped(Route route) {
        return route.isAutoStartup() && camel.isStopped(route.getRouteId());
    }
}
