// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.instance.Node;
import qboevents.routes.check.Problem;
import qboevents.routes.check.RoutesRefused;

/** {@code GET /routes}: what runs on the node that answers, and the edit that does not. */
@Component
class RoutesView {

    private final LiveContext camel;
    private final RunningRoutes running;
    private final RoutesReload reload;
    private final Node node;

    RoutesView(LiveContext camel, RunningRoutes running, RoutesReload reload, Node node) {
        this.camel = camel;
        this.running = running;
        this.reload = reload;
        this.node = node;
    }

    Map<String, Object> view() {
        var view = new LinkedHashMap<String, Object>();
        view.put("node", node.name());
        view.put("source", running.read().place());
        view.put("reload", reload.watching());
        view.put("since", running.since().toString());
        view.put("routes", camel.getRoutes().stream().sorted(Comparator.comparing(Route::getRouteId)).map(this::route).toList());
        view.put("refused", refused(running.refused()));
        return view;
    }

    private Map<String, Object> route(Route route) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", route.getRouteId());
        view.put("state", camel.isStarted(route.getRouteId()) ? "started" : "stopped");
        view.put("description", route.getDescription());
        return view;
    }

    private static @Nullable Map<String, Object> refused(@Nullable Refused refused) {
        if (refused == null) {
            return null;
        }
        var view = new LinkedHashMap<String, Object>();
        view.put("at", refused.at().toString());
        view.put("message", RoutesRefused.problems(refused.problems()).description());
        view.put("problems", refused.problems().stream().map(RoutesView::problem).toList());
        return view;
    }

    private static Map<String, Object> problem(Problem problem) {
        var view = new LinkedHashMap<String, Object>();
        view.put("file", problem.place().file());
        view.put("line", problem.place().line() == 0 ? null : problem.place().line());
        view.put("route", problem.route().isEmpty() ? null : problem.route());
        view.put("message", problem.sentence());
        return view;
    }
}
