// SPDX-License-Identifier: Apache-2.0
package qboevents.start;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.io.ClassPathResource;

/**
 * A library beside the others may bring beans of its own: whoever adds one to the image's folder gets them. The build writes down which
 * libraries it has seen. In the flat jar there is no other.
 */
final class Libraries implements BeanFactoryInitializationAotProcessor {

    private static final String SEEN = "META-INF/prepared-beans/libraries";
    private static final String OWN = "quickbooks-events.jar";

    /** One that the build has not seen, or one that is missing. */
    static Optional<String> other() {
        var present = names();
        if (present.size() <= 1) {
            return Optional.empty();
        }
        var seen = seen();
        return Stream.concat(present.stream().filter(name -> !seen.contains(name) && !name.equals(OWN)),
                seen.stream().filter(name -> !present.contains(name))).findFirst();
    }

    @Override
    public BeanFactoryInitializationAotContribution processAheadOfTime(ConfigurableListableBeanFactory beans) {
        return (generation, code) -> generation.getGeneratedFiles().addResourceFile(SEEN, String.join("\n", names()));
    }

    private static Set<String> names() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName()).map(String::valueOf)
                .filter(name -> name.endsWith(".jar") && !name.startsWith("spring-boot-starter")) // which have no classes
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> seen() {
        try {
            return Set.of(new ClassPathResource(SEEN).getContentAsString(StandardCharsets.UTF_8).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
