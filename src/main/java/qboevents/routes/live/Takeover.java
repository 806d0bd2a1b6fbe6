// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.impl.engine.RouteService;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange of routes, whole or not at all. What can be built beside what runs is built first; a timer whose times have
 * changed can only be made when the old one is gone. Whatever fails, the routes of before are put on again.
 */
final class Takeover {

    private static final Logger log = LoggerFactory.getLogger(Takeover.class);

    private final LiveContext camel;
    private final Difference difference;
    private final Map<String, RouteDefinition> definitions;
    private final List<RouteConfigurationDefinition> configurations;
    private final Map<String, RouteDefinition> former = new LinkedHashMap<>();
    private final List<RouteConfigurationDefinition> formerConfigurations;
    private final Set<String> stoppedByHand = new HashSet<>();
    private final List<Route> off = new ArrayList<>();

    /** @param models what the new folder makes of the routes that are to be built */
    Takeover(LiveContext camel, Difference difference, RouteModels models) {
        this.camel = camel;
        this.difference = difference;
        this.formerConfigurations = List.copyOf(camel.model().getRouteConfigurationDefinitions());
        this.configurations = models.configurations(formerConfigurations, difference.configurations());
        configure(configurations); // a route takes them into itself when it is prepared
        try {
            this.definitions = models.routes(difference.built());
        } catch (RuntimeException e) {
            configure(formerConfigurations);
            throw e;
        }
    }

    /** Whether somebody outside may look for a route while it has no place. */
    boolean concernsHttp() {
        return definitions.values().stream().anyMatch(each -> each.getInput().getEndpointUri().startsWith("platform-http:"))
                || difference.off().stream().map(camel::getRoute).filter(Objects::nonNull)
                        .anyMatch(route -> route.getEndpoint().getEndpointUri().startsWith("platform-http:"));
    }

    /** What can be known before anything is touched. */
    Map<String, RouteService> prepare() throws Exception {
        var built = new LinkedHashMap<String, RouteService>();
        try {
            for (var each : definitions.entrySet()) {
                if (!isNewTimer(each.getValue())) {
                    built.put(each.getKey(), camel.build(each.getValue()));
                }
            }
            return built;
        } catch (Exception e) {
            built.values().forEach(service -> discard(service.getRoute()));
            configure(formerConfigurations);
            throw e;
        }
    }

    /** Quartz has one timer of a name. Timers that stay the same have their endpoint already. */
    private boolean isNewTimer(RouteDefinition definition) {
        var uri = definition.getInput().getEndpointUri();
        return uri.startsWith("quartz:") && endpoint(definition) == null;
    }

    private @Nullable Endpoint endpoint(RouteDefinition definition) {
        return camel.hasEndpoint(camel.resolvePropertyPlaceholders(definition.getInput().getEndpointUri()));
    }

    void exchange(Map<String, RouteService> prepared) throws Exception {
        try {
            for (var route : toTakeOff()) {
                takeOff(route);
            }
            stopTimers();
            for (var each : definitions.entrySet()) {
                var service = prepared.containsKey(each.getKey()) ? prepared.get(each.getKey()) : camel.build(each.getValue());
                putOn(service, each.getValue());
            }
            off.stream().map(Route::getEndpoint).filter(each -> each instanceof QuartzEndpoint && !camel.isRead(each))
                    .forEach(camel::removeEndpoint);
        } catch (Exception e) {
            back(prepared.values());
            throw e;
        }
    }

    /** Where a thread has to end first comes first: nobody else has to wait then. One whose precondition does not hold is not there. */
    private List<Route> toTakeOff() {
        return difference.off().stream().map(camel::getRoute).filter(Objects::nonNull)
                .sorted(Comparator.comparing((Route route) -> !camel.hasThreads(route))).toList();
    }

    private void takeOff(Route route) {
        var id = route.getId();
        former.put(id, camel.model().getRouteDefinition(id));
        if (route.isAutoStartup() && !camel.isStarted(id)) {
            stoppedByHand.add(id);
        }
        camel.takeOff(route);
        off.add(route);
    }

    private void stopTimers() {
        off.stream().map(Route::getEndpoint).filter(each -> each instanceof QuartzEndpoint && !willBeRead(each)).forEach(Endpoint::stop);
    }

    private boolean willBeRead(Endpoint timer) {
        return camel.isRead(timer) || definitions.values().stream().anyMatch(definition -> timer == endpoint(definition));
    }

    /** What somebody has stopped stays stopped. */
    private void putOn(RouteService service, RouteDefinition definition) throws Exception {
        var route = service.getRoute();
        boolean rests = stoppedByHand.contains(route.getId());
        if (rests) {
            route.setAutoStartup(false);
        }
        camel.putOn(service, definition);
        if (rests) {
            route.setAutoStartup(true);
        }
    }

    private void back(Collection<RouteService> prepared) {
        var added = definitions.keySet().stream().map(camel::getRoute)
                .filter(route -> route != null && !untouched(route)).toList();
        for (var route : added) {
            camel.takeOff(route);
            discard(route);
        }
        prepared.stream().map(RouteService::getRoute).forEach(this::discard);
        definitions.values().stream().map(this::endpoint).filter(Objects::nonNull).forEach(this::removeNewTimer);
        configure(formerConfigurations);
        former.forEach(this::putBack);
        off.addAll(added);
    }

    /** Of those that were to be exchanged: the failure came before its turn. */
    private boolean untouched(Route route) {
        return difference.changed().contains(route.getId()) && !former.containsKey(route.getId());
    }

    private void putBack(String id, RouteDefinition definition) {
        try {
            off.stream().filter(route -> route.getId().equals(id)).map(Route::getEndpoint).forEach(Endpoint::start);
            putOn(camel.build(definition), definition);
        } catch (Exception e) {
            log.error("The route {} does not run any more: a start is needed", id, e);
        }
    }

    /** What has no place any more, to be ended when it is quiet. */
    List<Route> off() {
        return off;
    }

    /** Never ran, or not for long. */
    private void discard(Route route) {
        camel.end(route);
        removeNewTimer(route.getEndpoint());
    }

    private void removeNewTimer(Endpoint endpoint) {
        if (endpoint instanceof QuartzEndpoint timer && !camel.isRead(timer)
                && off.stream().noneMatch(each -> each.getEndpoint() == timer)) {
            camel.removeEndpoint(timer);
        }
    }

    private void configure(List<RouteConfigurationDefinition> all) {
        var there = camel.model().getRouteConfigurationDefinitions();
        there.clear();
        there.addAll(all);
    }
}
