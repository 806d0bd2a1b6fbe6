// SPDX-License-Identifier: Apache-2.0
package qboevents.start;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * A setting of a library may decide which beans there are: {@code management.server.port} makes a second web server. Of those that
 * have another value than the shipped one, the first is found. Our own decide about no bean, and nor do the listed ones of the
 * libraries, which are what nearly everybody sets.
 */
final class DecidingSettings {

    private static final List<ConfigurationPropertyName> LIBRARIES = names("spring", "server", "management", "camel", "hawtio", "jolokia");

    private static final List<ConfigurationPropertyName> WITHOUT_SAY = names("spring.aot",
            "spring.application.json", "spring.application.name", "spring.application.pid", "spring.application.version", "spring.config",
            "spring.datasource.hikari", "spring.datasource.password", "spring.datasource.url", "spring.datasource.username", "spring.lifecycle",
            "spring.main.banner-mode", "server.address", "server.max-http-request-header-size", "server.port", "server.shutdown",
            "server.tomcat");

    private DecidingSettings() {}

    static Optional<String> in(ConfigurableEnvironment environment) {
        var sources = StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false).toList();
        var shipped = sources.stream().filter(source -> isFrom("class path resource [application.yaml]", source)).findFirst();
        return sources.stream().filter(source -> !isFrom("class path resource [", source)) // what the jar carries the build has read too
                .flatMap(source -> decidingIn(source).filter(name -> !value(source, name).equals(shipped.flatMap(jar -> value(jar, name)))))
                .map(ConfigurationPropertyName::toString).findFirst();
    }

    private static Stream<ConfigurationPropertyName> decidingIn(ConfigurationPropertySource source) {
        return source instanceof IterableConfigurationPropertySource listed
                ? listed.stream().filter(name -> isUnder(LIBRARIES, name) && !isUnder(WITHOUT_SAY, name)) : Stream.empty();
    }

    private static boolean isUnder(List<ConfigurationPropertyName> names, ConfigurationPropertyName name) {
        return names.stream().anyMatch(each -> each.equals(name) || each.isAncestorOf(name));
    }

    private static Optional<String> value(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        return Optional.ofNullable(source.getConfigurationProperty(name)).map(ConfigurationProperty::getValue).map(String::valueOf);
    }

    private static boolean isFrom(String place, ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> from && from.getName().contains(place);
    }

    private static List<ConfigurationPropertyName> names(String... names) {
        return Stream.of(names).map(ConfigurationPropertyName::of).toList();
    }
}
