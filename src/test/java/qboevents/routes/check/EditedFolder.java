// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import qboevents.resource.Resource;

/** The shipped list of resources, with doors to poll through: good until a test spoils one thing. */
public final class EditedFolder {

    private static final Path SHIPPED = Path.of("routes");
    private static final Path FIXTURES = Path.of("src/test/resources/routes-check");

    private final Path path;
    private final Map<String, String> settings = new HashMap<>();
    private StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("claims", new Claims()));

    private EditedFolder(Path path) {
        this.path = path;
    }

    public static EditedFolder good(Path empty) throws IOException {
        var folder = new EditedFolder(empty);
        folder.with("resources.camel.yaml", Files.readString(SHIPPED.resolve("resources.camel.yaml")));
        return folder.with("doors.camel.yaml", Files.readString(FIXTURES.resolve("doors.camel.yaml")));
    }

    /** Everything that is shipped, for tests that start the application. */
    static EditedFolder shipped(Path empty) throws IOException {
        var folder = new EditedFolder(empty);
        for (var text : new RoutesFolder(SHIPPED).texts()) {
            folder.with(Path.of(text.name()).getFileName().toString(), text.text());
        }
        return Files.exists(SHIPPED.resolve("polling.camel.yaml")) ? folder : folder.withClosedDoors("polling.camel.yaml");
    }

    /** Timers may really tick, and nothing follows. */
    public EditedFolder withClosedDoors(String file) throws IOException {
        return with(file, Files.readString(FIXTURES.resolve("closed-doors.camel.yaml")));
    }

    public EditedFolder with(String file, String text) throws IOException {
        Files.writeString(path.resolve(file), text);
        return this;
    }

    /** Changes the first place only. */
    EditedFolder replace(String file, String old, String now) throws IOException {
        var text = Files.readString(path.resolve(file));
        var at = text.indexOf(old);
        assertThat(at).as("'%s' is in %s", old, file).isNotNegative();
        return with(file, text.substring(0, at) + now + text.substring(at + old.length()));
    }

    EditedFolder set(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    EditedFolder failingAtBeans(String message) {
        beans = new StaticListableBeanFactory() {
            @Override
            public boolean containsBean(String name) {
                throw new IllegalStateException(message);
            }
        };
        return this;
    }

    /** The number of the first line that holds the text. */
    int line(String file, String text) throws IOException {
        var lines = Files.readAllLines(path.resolve(file));
        return 1 + lines.indexOf(lines.stream().filter(line -> line.contains(text)).findFirst().orElseThrow());
    }

    /** One line for each problem: file:line route sentence. */
    List<String> problems() {
        return findings().problems().stream()
                .map(problem -> "%s %s %s".formatted(problem.place(), problem.route(), problem.sentence())
                        .replace(path + "/", "").replace("  ", " "))
                .toList();
    }

    List<Resource> resources() {
        return findings().resources();
    }

    private Findings findings() {
        var camel = new DefaultCamelContext(); // never started, so there is nothing to stop
        camel.getPropertiesComponent().setLocalProperties(properties());
        return new RoutesCheck(camel, beans).check(RoutesRead.of(RoutesSource.at(path.toString())));
    }

    private Properties properties() {
        var properties = new Properties();
        properties.setProperty("events.polling.tick", "0/2 * * * * ?");
        properties.setProperty("events.delivery.to", "direct:post");
        settings.forEach(properties::setProperty);
        return properties;
    }

    static class Claims {

        List<String> claim(String resource, String entity) {
            return List.of(resource, entity);
        }
    }
}
