// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.platform.http.DefaultPlatformHttpConsumer;
import org.apache.camel.impl.engine.RouteService;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteDefinitionHelper;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.spring.boot.CamelSpringBootApplicationController;
import org.apache.camel.spring.boot.SpringBootCamelContext;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import qboevents.routes.http.HttpConsumer;

/**
 * Lets a route take the place of another one of the same id while that one ends what it has begun. Camel's own removal
 * stops the steps of a route under whatever is on its way through them, or waits until nothing is.
 */
final class LiveContext extends SpringBootCamelContext {

    LiveContext(ApplicationContext spring, boolean warnOnEarlyShutdown, CamelSpringBootApplicationController controller) {
        super(spring, warnOnEarlyShutdown, controller);
    }

    Model model() {
        return getCamelContextExtension().getContextPlugin(Model.class);
    }

    /** All of a route but its start: what is wrong with it shows here. */
    RouteService build(RouteDefinition definition) throws Exception {
        getCamelContextExtension().createRoute(definition.getRouteId());
        try {
            RouteDefinitionHelper.forceAssignIds(this, List.of(definition));
            RouteDefinitionHelper.forceAssignIds(this, definition.getInput());
            RouteDefinitionHelper.forceAssignIds(this, definition);
            var service = new RouteService(model().getModelReifierFactory().createRoute(this, definition));
            service.setUp();
            return service;
        } finally {
            getCamelContextExtension().createRoute(null);
        }
    }

    /** Such as reads a queue. */
    boolean hasThreads(Route route) {
        return route.getConsumer() instanceof ShutdownAware && !(route.getConsumer() instanceof DirectConsumer);
    }

    /** Nothing more comes in, and nobody knows it any more; its steps go on with what is on its way. */
    void takeOff(Route route) {
        if (route.getConsumer() instanceof ShutdownAware reader) {
            reader.prepareShutdown(false, false); // or its threads would be interrupted in their work
        }
        var http = http(route);
        if (http != null) {
            http.takeOff(); // suspended it would turn away who has found it
        } else {
            ServiceHelper.suspendService(route.getConsumer()); // to stop it would stop the steps behind it
        }
        for (var lifecycle : getLifecycleStrategies()) {
            for (var step : List.copyOf(route.getServices())) {
                lifecycle.onServiceRemove(this, step, route);
            }
            lifecycle.onRoutesRemove(List.of(route));
        }
        removeRoute(route);
        getRouteServices().remove(route.getId());
        getCamelContextExtension().getRouteStartupOrder().removeIf(order -> order.getRoute() == route);
        model().getRouteDefinitions().removeIf(definition -> route.getId().equals(definition.getRouteId()));
    }

    /** Its place is free: begins with the next that comes in. */
    void putOn(RouteService service, RouteDefinition definition) throws Exception {
        startRouteService(service, true);
        model().getRouteDefinitions().add(definition);
    }

    boolean isQuiet(Route route) {
        var http = http(route);
        return getInflightRepository().size(route.getId()) == 0 && (http == null || !http.isBusy());
    }

    private static @Nullable HttpConsumer http(Route route) {
        return route.getConsumer() instanceof DefaultPlatformHttpConsumer outer
                && outer.getPlatformHttpConsumer() instanceof HttpConsumer http ? http : null;
    }

    /** Of a route that was taken off, when nothing is on its way through it any more, or that was never put on. */
    void end(Route route) {
        for (Service step : List.copyOf(route.getServices())) {
            if (!(step instanceof Consumer) || hasThreads(route)) { // a stopped one would stop the timer that its successor has
                ServiceHelper.stopAndShutdownService(step);
            }
        }
        if (getRoute(route.getId()) == null) {
            getInflightRepository().removeRoute(route.getId());
        }
    }

    /** Nor one that an exchange has just taken off: Camel has no status for it. */
    boolean isStarted(String id) {
        var status = getRouteController().getRouteStatus(id);
        return status != null && status.isStarted();
    }

    /** And not on its way out or in. */
    boolean isStopped(String id) {
        var status = getRouteController().getRouteStatus(id);
        return status != null && !status.isStarted();
    }

    boolean isRead(Endpoint endpoint) {
        return getRoutes().stream().anyMatch(route -> route.getEndpoint() == endpoint);
    }
}
