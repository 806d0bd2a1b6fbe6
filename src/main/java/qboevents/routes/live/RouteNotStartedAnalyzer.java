// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import org.apache.camel.FailedToCreateRouteException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;

/** For the faults that only Camel finds, while it builds a route from its model. */
class RouteNotStartedAnalyzer extends AbstractFailureAnalyzer<FailedToCreateRouteException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FailedToCreateRouteException cause) {
        return new FailureAnalysis("Camel cannot build the route %s%s:%n  %s".formatted(cause.getRouteId(), place(cause),
                NestedExceptionUtils.getMostSpecificCause(cause).getMessage()),
                "Correct the route and start again.", cause);
    }

    private static String place(FailedToCreateRouteException cause) {
        return cause.getLocation() == null ? "" : " (" + cause.getLocation() + ")";
    }
}
