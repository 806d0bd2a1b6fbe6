// SPDX-License-Identifier: Apache-2.0
package qboevents.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Tells of names below {@code events.} and {@code quickbooks.} that no setting has: Spring passes over them without a word. They are
 * not refused, since a setting of an older version is not to stop a start after an upgrade. Never prints a value.
 */
final class UnknownSettings implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private static final Logger log = LoggerFactory.getLogger(UnknownSettings.class);

    private static final String SHIPPED = "class path resource [application.yaml]";

    /** What Kubernetes gives every container for a Service of the name {@code events} or {@code quickbooks-events}. */
    private static final Pattern OF_A_SERVICE =
            Pattern.compile(".*_(SERVICE_(HOST|PORT(_\\w+)?)|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        in(event.getEnvironment()).forEach(log::warn);
    }

    static List<String> in(ConfigurableEnvironment environment) {
        var sources = environment.getPropertySources().stream().flatMap(UnknownSettings::listed).toList();
        var known = KnownSettings.of(shipped(sources).flatMap(source -> Arrays.stream(source.getPropertyNames())));
        return sources.stream().flatMap(source -> told(source, known)).distinct().toList();
    }

    private static Stream<EnumerablePropertySource<?>> listed(PropertySource<?> source) {
        return source instanceof EnumerablePropertySource<?> listed ? Stream.of(listed) : Stream.empty();
    }

    /** The environment lacks them where {@code spring.config.location} names another file. */
    private static Stream<EnumerablePropertySource<?>> shipped(List<EnumerablePropertySource<?>> sources) {
        var read = sources.stream().filter(source -> source.getName().contains(SHIPPED)).toList();
        try {
            return read.isEmpty() ? new YamlPropertySourceLoader().load(SHIPPED, new ClassPathResource("application.yaml")).stream()
                    .flatMap(UnknownSettings::listed) : read.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> told(EnumerablePropertySource<?> source, KnownSettings known) {
        var names = Arrays.stream(source.getPropertyNames());
        return source instanceof SystemEnvironmentPropertySource
                ? names.filter(name -> isUnknown(variable(name), known))
                        .map(name -> told("The environment", name, known.nearVariable(variable(name))))
                : names.filter(name -> isUnknown(source, name, known))
                        .map(name -> told(place(source, name), shown(name), known.near(shown(name))));
    }

    private static boolean isUnknown(EnumerablePropertySource<?> source, String name, KnownSettings known) {
        return KnownSettings.isOurs(name) && !known.has(name) && !(isEmpty(source.getProperty(name)) && known.hasBelow(name));
    }

    /** A section of a file whose lines are all commented out. */
    private static boolean isEmpty(Object value) {
        return String.valueOf(value).isEmpty();
    }

    private static boolean isUnknown(String variable, KnownSettings known) {
        return (variable.startsWith("EVENTS_") || variable.startsWith("QUICKBOOKS_"))
                && !known.hasVariable(variable) && !OF_A_SERVICE.matcher(variable).matches();
    }

    private static String variable(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static String told(String place, String name, Optional<String> meant) {
        return place + " gives " + name + ", which is no setting and has no effect"
                + meant.map(near -> " (did you mean " + near + "?)").orElse("");
    }

    /** {@code --name:value} is a name as a whole; its value may be a secret. */
    private static String shown(String name) {
        return name.replaceFirst("[^\\w.\\[\\]-].*", "");
    }

    private static String place(PropertySource<?> source, String name) {
        return source instanceof CommandLinePropertySource ? "The command line"
                : OriginLookup.getOrigin(source, name) instanceof TextResourceOrigin line ? line.toString() : source.getName();
    }
}
