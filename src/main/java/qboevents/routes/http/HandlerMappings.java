// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.http;

import java.util.Map;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.springboot.CamelRequestHandlerMapping;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.springframework.stereotype.Component;

/** Camel leaves a path with Spring whose route is gone: it would be served by what is not there any more. */
@Component
public class HandlerMappings {

    private final CamelRequestHandlerMapping paths;

    HandlerMappings(CamelRequestHandlerMapping paths) {
        this.paths = paths;
    }

    public void forget(Route gone) {
        Map.copyOf(paths.getHandlerMethods()).forEach((path, handler) -> {
            if (handler.getBean() instanceof SpringBootPlatformHttpConsumer consumer && consumer.getEndpoint() == gone.getEndpoint()) {
                paths.unregisterMapping(path);
            }
        });
    }
}
