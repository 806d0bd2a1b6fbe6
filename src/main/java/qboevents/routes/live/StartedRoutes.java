// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import org.springframework.stereotype.Component;
import qboevents.resource.ResourceRoutes;

/** Asks Camel. */
@Component
class StartedRoutes implements ResourceRoutes {

    private final LiveContext camel;

    StartedRoutes(LiveContext camel) {
        this.camel = camel;
    }

    @Override
    public boolean started(String resource) {
        return camel.isStarted(resource);
    }

    @Override
    public boolean meant(String resource) {
        var route = camel.getRoute(resource);
        return route != null && (route.isAutoStartup() || started(resource));
    }
}
