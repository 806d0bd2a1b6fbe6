// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;
import qboevents.resource.Resource;
import qboevents.resource.Resources;
import qboevents.resource.ResourcesChanged;
import qboevents.routes.check.Findings;
import qboevents.routes.check.Folder;
import qboevents.routes.check.Place;
import qboevents.routes.check.Problem;
import qboevents.routes.check.RoutesCheck;
import qboevents.routes.check.RoutesRead;
import qboevents.routes.check.RoutesRefused;
import qboevents.routes.http.Door;
import qboevents.routes.http.HandlerMappings;

/** Takes edited routes over or refuses them, by the same check as a start. Used by one thread. */
@Component
class EditedRoutes {

    private static final Logger log = LoggerFactory.getLogger(EditedRoutes.class);

    private final LiveContext camel;
    private final RoutesCheck check;
    private final RunningRoutes running;
    private final Resources resources;
    private final HandlerMappings paths;
    private final Door door;
    private final ApplicationEventPublisher listeners;
    private final List<Route> ending = new ArrayList<>();

    EditedRoutes(LiveContext camel, RoutesCheck check, RunningRoutes running, Resources resources, HandlerMappings paths, Door door,
            ApplicationEventPublisher listeners) {
        this.camel = camel;
        this.check = check;
        this.running = running;
        this.resources = resources;
        this.paths = paths;
        this.door = door;
        this.listeners = listeners;
    }

    void take(RoutesRead read) {
        if (!camel.isStarted()) {
            return;
        }
        try {
            checkAndTake(read);
        } catch (RuntimeException | StackOverflowError e) { // told once, and where an operator looks
            log.error("The routes cannot be checked", e);
            refuse(read, List.of(new Problem(new Place(read.place(), 0), "",
                    "cannot be checked: %s. Take back what was edited last.".formatted(e))));
        }
    }

    private void checkAndTake(RoutesRead read) {
        var findings = check.check(read);
        if (!findings.problems().isEmpty()) {
            refuse(read, findings.problems());
            return;
        }
        var difference = Difference.between(Folder.read(running.read().texts()), findings.folder());
        if (!difference.problems().isEmpty()) {
            refuse(read, difference.problems());
            return;
        }
        var before = List.copyOf(resources.all());
        resources.offer(Stream.concat(before.stream(), findings.resources().stream()).toList()); // known before its timer ticks
        try {
            if (!difference.nothing()) {
                exchange(read, difference);
            }
            accept(read, findings, difference, before);
        } catch (Exception e) {
            log.debug("Not taken over", e);
            resources.offer(before);
            refuse(read, List.of(problem(read, e)));
        }
    }

    private void exchange(RoutesRead read, Difference difference) throws Exception {
        var takeover = new Takeover(camel, difference, new RouteModels(camel, Folder.read(read.texts())));
        var prepared = takeover.prepare();
        boolean closed = takeover.concernsHttp();
        if (closed) {
            door.close();
        }
        try {
            takeover.exchange(prepared);
        } finally {
            takeover.off().stream().filter(route -> !camel.isRead(route.getEndpoint())).forEach(paths::forget);
            ending.addAll(takeover.off());
            if (closed) {
                door.open();
            }
        }
    }

    private void accept(RoutesRead read, Findings findings, Difference difference, Collection<Resource> before) {
        resources.offer(findings.resources());
        running.runs(read);
        log.info("Routes taken over: {}. {} resources.", difference.nothing() ? "nothing to exchange" : difference,
                findings.resources().size());
        var added = new LinkedHashSet<>(resources.names());
        before.forEach(resource -> added.remove(resource.name()));
        listeners.publishEvent(new ResourcesChanged(added));
    }

    private void refuse(RoutesRead read, List<Problem> problems) {
        running.refuse(read, problems);
        log.error("{}\nNothing of this edit is taken over; the routes of before go on, all of them.",
                RoutesRefused.problems(problems).description());
    }

    /** For the faults that only Camel finds, while it builds a route from its model. */
    private static Problem problem(RoutesRead read, Exception e) {
        var cause = NestedExceptionUtils.getMostSpecificCause(e);
        var route = e instanceof FailedToCreateRouteException failed ? String.valueOf(failed.getRouteId()) : "";
        var file = e instanceof FailedToCreateRouteException failed && failed.getLocation() != null ? failed.getLocation() : read.place();
        return new Problem(new Place(file, 0), route, "cannot be built by Camel: " + cause.getMessage());
    }

    /** What was taken off is ended when nothing is on its way through it any more. */
    void end() {
        ending.removeIf(route -> {
            boolean quiet = camel.isQuiet(route);
            if (quiet) {
                camel.end(route);
            }
            return quiet;
        });
    }
}
