// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;

/** Which application.yaml was read. Spring Boot knows it only as part of the names of its property sources. */
final class SettingsFiles {

    private static final Pattern NAME = Pattern.compile("file \\[([^]]+)]");

    private SettingsFiles() {}

    /** Files outside the jar, the strongest first. */
    static List<String> in(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(source -> source.getName().startsWith("Config resource"))
                .flatMap(source -> NAME.matcher(source.getName()).results().limit(1).map(SettingsFiles::absolute))
                .distinct().toList();
    }

    private static String absolute(MatchResult name) {
        return Path.of(name.group(1)).toAbsolutePath().normalize().toString();
    }
}
