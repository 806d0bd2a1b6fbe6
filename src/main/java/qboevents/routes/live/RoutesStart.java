// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.util.stream.Collectors;
import org.apache.camel.spring.boot.CamelConfigurationProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;
import qboevents.resource.Resources;
import qboevents.routes.check.RoutesCheck;
import qboevents.routes.check.RoutesRead;
import qboevents.routes.check.RoutesRefused;
import qboevents.routes.check.RoutesSettings;
import qboevents.routes.check.RoutesSource;

/**
 * A bad edit never runs half: the routes are checked when every bean is there, and before the web server answers and Camel
 * loads anything.
 */
@Component
class RoutesStart implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(RoutesStart.class);

    private final RoutesSettings settings;
    private final RoutesCheck check;
    private final Resources resources;
    private final RunningRoutes running;
    private final CamelConfigurationProperties camel;
    private final ConfigurableEnvironment environment;

    RoutesStart(RoutesSettings settings, RoutesCheck check, Resources resources, RunningRoutes running,
            CamelConfigurationProperties camel, ConfigurableEnvironment environment) {
        this.settings = settings;
        this.check = check;
        this.resources = resources;
        this.running = running;
        this.camel = camel;
        this.environment = environment;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var source = RoutesSource.at(settings.folder());
        var read = RoutesRead.of(source);
        var findings = check.check(read);
        if (!findings.problems().isEmpty()) {
            throw RoutesRefused.problems(findings.problems());
        }
        resources.offer(findings.resources());
        running.runs(read);
        camel.getMain().setRoutesIncludePattern(source.includePattern());
        LOG.info("Routes: {}, with {} resources. Settings: {}.", read.place(), findings.resources().size(), settingsFiles());
    }

    private String settingsFiles() {
        var files = SettingsFiles.in(environment);
        return files.isEmpty() ? "the copy in the jar" : files.stream().collect(Collectors.joining(", "));
    }
}
