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
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.io.ClassPathResource;

/**
 * A library beside the others may bring beans of its own: whoever adds one to the class path gets them. The build writes down which
 * libraries it has seen.
 */
final class Libraries implements BeanFactoryInitializationAotProcessor {

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

    @Override
    public BeanFactoryInitializationAotContribution processAheadOfTime(ConfigurableListableBeanFactory beans) {
        var jars = names().stream().filter(name -> name.endsWith(".jar")).toList(); // and not the folder of our classes
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
        try {
            return List.of(new ClassPathResource(SEEN).getContentAsString(StandardCharsets.UTF_8).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
