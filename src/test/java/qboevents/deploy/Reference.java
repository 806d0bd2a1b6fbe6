// SPDX-License-Identifier: Apache-2.0
package qboevents.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;

/** What application.yaml and the routes folder say, for the files of src/deploy to agree with. */
final class Reference {

    /** Spring Boot's own, beside the URL that stands in application.yaml. */
    private static final Set<String> DATA_SOURCE = Set.of("SPRING_DATASOURCE_USERNAME", "SPRING_DATASOURCE_PASSWORD");

    private Reference() {}

    static EnumerablePropertySource<?> settings() {
        try {
            return (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
                    .load("reference", new FileSystemResource(Path.of("application.yaml"))).get(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static int port() {
        return (Integer) settings().getProperty("server.port");
    }

    /** Every setting as an environment variable. */
    static Set<String> variables() {
        var names = new TreeSet<>(DATA_SOURCE);
        for (var name : settings().getPropertyNames()) {
            names.add(name.replaceAll("\\[\\d+]$", "").replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT));
        }
        return names;
    }

    static Set<String> routes() {
        try (var files = Files.list(Path.of("routes"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
