// SPDX-License-Identifier: Apache-2.0
package qboevents.start;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;

/**
 * A library beside the others may bring beans of its own: whoever adds one to the class path gets them. The build writes down which
 * libraries it has seen.
 */
final class Libraries implements BeanFactoryInitializationAotProcessor {

    private static final Logger log = LoggerFactory.getLogger(Libraries.class);
    private static final String SEEN = "META-INF/prepared-beans/libraries";

    /** One that the build has not seen, or one that is missing. */
    static Optional<String> other() {
        var beside = names().stream().filter(name -> !name.equals(own())).toList();
        return beside.isEmpty() ? Optional.empty() : other(beside, seen()); // the flat jar has them all
    }

    static Optional<String> other(List<String> beside, List<String> seen) {
        return Stream.concat(beside.stream().filter(name -> !seen.contains(name)),
                seen.stream().filter(name -> !beside.contains(name))).findFirst();
    }

    /** Whether the build has prepared beans, and by the shipped settings: one of the build's own environment may have decided otherwise. */
    static boolean written() {
        return !seen().isEmpty();
    }

    @Override
    public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(ConfigurableListableBeanFactory beans) {
        if (beans.getParentBeanFactory() != null) { // a second web server's, after the service's own
            return null;
        }
        var decided = DecidingSettings.in(beans.getBean(ConfigurableEnvironment.class));
        decided.ifPresent(setting -> log.warn("No start will take the prepared beans: the setting {} of this build decides which there are.",
                setting));
        var jars = decided.isPresent() ? List.<String>of()
                : names().stream().filter(name -> name.endsWith(".jar")).toList(); // and not the folder of our classes
        return (generation, code) -> generation.getGeneratedFiles().addResourceFile(SEEN, String.join("\n", jars));
    }

    private static List<String> names() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> String.valueOf(Path.of(entry).getFileName()))
                .filter(name -> !name.startsWith("spring-boot-starter")) // they have no classes, and the build leaves them out
                .toList();
    }

    private static String own() {
        try {
            return String.valueOf(Path.of(Libraries.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getFileName());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> seen() {
        var file = new ClassPathResource(SEEN);
        try {
            return file.exists() ? file.getContentAsString(StandardCharsets.UTF_8).lines().toList() : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
