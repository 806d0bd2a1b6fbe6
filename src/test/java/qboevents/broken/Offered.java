// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import java.util.Arrays;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import qboevents.testing.TestService;

/** A call that the running routes offer. A new route is one more, without anybody's help. */
record Offered(String method, String path) {

    static List<Offered> by(TestService service) {
        return service.bean(CamelContext.class).getRoutes().stream()
                .map(Route::getEndpoint)
                .filter(PlatformHttpEndpoint.class::isInstance)
                .map(PlatformHttpEndpoint.class::cast)
                .flatMap(endpoint -> Arrays.stream(String.valueOf(endpoint.getHttpMethodRestrict()).split(","))
                        .map(method -> new Offered(method.strip(), endpoint.getPath())))
                .toList();
    }

    /** With this in place of each name in braces. */
    String path(Object id) {
        return path.replaceAll("\\{[^}]*}", String.valueOf(id));
    }

    boolean isInlet() {
        return path.contains("/events/quickbooks") && !path.contains("/instances");
    }

    /** A good request, but for what the test makes of it. */
    Draft draft(Object id) {
        var draft = new Draft(method, path(id));
        draft.header("Host", "localhost");
        draft.header("Connection", "close");
        return draft;
    }
}
