// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.server.RequestPath;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which paths are the actuator's. Spring and Tomcat, whose servlets Hawtio's are, read a path in different ways, such as
 * {@code //actuator;a=b}: what either of them takes for the actuator's is guarded.
 */
@Component
class ActuatorPaths {

    private final PathPattern below;
    private final String prefix;
    private final List<String> open;

    ActuatorPaths(@Value("${management.server.base-path:}") String server,
            @Value("${management.endpoints.web.base-path:/actuator}") String endpoints) {
        this.prefix = (server + endpoints).replaceAll("/+$", "");
        this.below = PathPatternParser.defaultInstance.parse(prefix + "/**");
        this.open = List.of(prefix + "/health", prefix + "/health/liveness", prefix + "/health/readiness");
    }

    boolean guarded(HttpServletRequest request) {
        return servlets(request) || below.matches(path(request).pathWithinApplication());
    }

    private boolean servlets(HttpServletRequest request) {
        var info = request.getPathInfo();
        var path = request.getServletPath() + (info == null ? "" : info);
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    private static RequestPath path(HttpServletRequest request) {
        return ServletRequestPathUtils.parse(request);
    }

    /** Written as it is documented, and no other way. */
    boolean open(HttpServletRequest request) {
        return open.contains(request.getRequestURI());
    }
}
