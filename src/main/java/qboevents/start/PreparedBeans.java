// SPDX-License-Identifier: Apache-2.0
package qboevents.start;

import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;

/**
 * The build decides which beans there are, from the shipped settings and libraries (Spring's ahead-of-time processing), and the jar
 * carries the outcome. A start takes it only where it would decide the same, and otherwise decides itself, which takes longer.
 * {@code -Dspring.aot.enabled=false} makes every start decide itself.
 */
final class PreparedBeans implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private static final Logger log = LoggerFactory.getLogger(PreparedBeans.class);

    /** Set in the tests of a build, which has just prepared the beans of its classes and has libraries of its own. */
    private static final String IN_BUILD = "qboevents.prepared-beans";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (System.getProperty(AotDetector.AOT_ENABLED) != null || Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
            return;
        }
        boolean inBuild = Boolean.getBoolean(IN_BUILD);
        boolean prepared = isPrepared(event.getSpringApplication(), inBuild);
        var reason = prepared
                ? DecidingSettings.in(event.getEnvironment()).map(setting -> "the setting " + setting)
                        .or(() -> inBuild ? Optional.empty() : Libraries.other().map(library -> "the library " + library))
                : Optional.<String>empty();
        reason.ifPresent(why -> log.info("Finds out anew which parts there are, because of {}: the start takes a little longer.", why));
        SpringProperties.setProperty(AotDetector.AOT_ENABLED, String.valueOf(prepared && reason.isEmpty()));
    }

    /** Not from a folder of classes, which may have been edited since, nor a tool that starts a part of the service. */
    private static boolean isPrepared(SpringApplication application, boolean inBuild) {
        var main = application.getMainApplicationClass();
        return main != null && (inBuild || main.getPackage().getImplementationVersion() != null)
                && application.getAllSources().equals(Set.of(main)) && Libraries.written();
    }
}
