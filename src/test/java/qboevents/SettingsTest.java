// SPDX-License-Identifier: Apache-2.0
package qboevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import qboevents.quickbooks.QuickBooksSettings;
import qboevents.settings.Units;

/** {@code application.yaml} is the reference: every setting stands there with the default that the code has. */
class SettingsTest {

    private static final Path REFERENCE = Path.of("application.yaml");

    static Stream<Class<?>> settings() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("qboevents").stream().map(each -> {
            try {
                return Class.forName(each.getBeanClassName());
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("settings")
    void standInTheReferenceWithTheirDefaults(Class<?> type) throws IOException {
        var prefix = type.getAnnotation(ConfigurationProperties.class).value();
        var file = new YamlPropertySourceLoader().load("reference", new FileSystemResource(REFERENCE));
        var source = ConfigurationPropertySources.from(file);

        var fromReference = new Binder(source).bindOrCreate(prefix, type);
        var fromCode = new Binder().bindOrCreate(prefix, type);

        assertThat(fromReference).isEqualTo(fromCode);
        assertThat(Arrays.stream(type.getRecordComponents()))
                .as("each setting of %s has its line", prefix)
                .allSatisfy(setting -> assertThat(source).anySatisfy(each -> assertThat(each.getConfigurationProperty(
                        ConfigurationPropertyName.adapt(prefix + "." + kebab(setting.getName()), '.'))).isNotNull()));
    }

    @Test
    void areRefusedByNameWhenNoServiceCanRunWithThem() {
        var source = new MapConfigurationPropertySource(Map.of("quickbooks.api.page-size", "1001"));

        assertThatThrownBy(() -> new Binder(source).bindOrCreate("quickbooks.api", QuickBooksSettings.class))
                .hasRootCauseMessage("quickbooks.api.page-size is 1001; it must be at least 1 and at most 1000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            events.delivery | retry     | 5s,soon | events.delivery.retry is neither standard, cloud-elements nor open-connectors
            events.delivery | timeout   | 0s      | events.delivery.timeout is PT0S; it must be longer than nothing
            events.polling  | overlap   | -5m     | events.polling.overlap is PT-5M; it must not be negative
            events.api      | base-path | /api/   | events.api.base-path is /api/; leave out the slash at its end
            events.webhook  | gather    | -1s     | events.webhook.gather is PT-1S; it must not be negative""")
    void areRefusedByNameWhenTheyWouldDoHarm(String prefix, String name, String value, String fault) {
        assertThatThrownBy(() -> bind(prefix + "." + name, value)).rootCause().hasMessageStartingWith(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quickbooks.api.timeout", "quickbooks.api.connect-timeout", "quickbooks.api.throttle-pause",
            "events.webhook.lease", "events.console.session", "events.polling.lease"})
    void areRefusedWithoutAnyTime(String name) {
        assertThatThrownBy(() -> bind(name, "0s")).rootCause().hasMessage(name + " is PT0S; it must be longer than nothing");
        assertThatThrownBy(() -> bind(name, "-5s")).rootCause().hasMessage(name + " is PT-5S; it must not be negative");
        assertThatCode(() -> bind(name, "1s")).doesNotThrowAnyException();
    }

    static Stream<String> addresses() {
        return Stream.concat(Stream.of("events.console.url"), settings().flatMap(type -> Arrays.stream(type.getRecordComponents())
                .filter(each -> each.getType() == URI.class)
                .map(each -> type.getAnnotation(ConfigurationProperties.class).value() + "." + kebab(each.getName()))));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void refuseWhatIsNoAddressOfTheWeb(String name) {
        for (var written : List.of("quickbooks.example", "localhost:8080", "/oauth2", "ftp://quickbooks.example", "https:quickbooks.example",
                "https:///oauth2")) {
            assertThatThrownBy(() -> bind(name, written)).rootCause()
                    .hasMessageStartingWith(name + " is " + written + "; it must be an address that begins with https://");
        }
        for (var written : List.of("https://quickbooks.example", "HTTP://127.0.0.1:9/v3", "http://quick_books:8080", "http://[::1]:8080")) {
            assertThatCode(() -> bind(name, written)).as(written).doesNotThrowAnyException();
        }
    }

    @Test
    void canLeaveTheConsoleWithoutAnAddress() {
        assertThatCode(() -> bind("events.console.url", "")).doesNotThrowAnyException();
    }

    /** Every setting that is a duration, as all ways write it: as text and as YAML's number, and behind a placeholder. */
    static Stream<String> durations() {
        return settings().flatMap(type -> Arrays.stream(type.getRecordComponents())
                .filter(each -> each.getType() == Duration.class)
                .map(each -> type.getAnnotation(ConfigurationProperties.class).value() + "." + kebab(each.getName())));
    }

    @ParameterizedTest
    @MethodSource("durations")
    void refuseANumberWithoutAUnit(String name) {
        for (var written : List.of("30", 30, "-30", "${nobody.has.set.this:30}")) {
            assertThatThrownBy(() -> bind(name, written)).rootCause()
                    .hasMessageStartingWith(name + " is ").hasMessageContaining("30, a number without a unit; write")
                    .hasMessageContaining("30d for days");
        }
        assertThatCode(() -> bind(name, "30m")).doesNotThrowAnyException();
        assertThatCode(() -> bind(name, "PT30M")).doesNotThrowAnyException();
    }

    @Test
    void areAllOfOneWay() {
        assertThat(durations()).contains("events.retention", "events.polling.minimum-interval", "events.polling.overlap",
                "events.delivery.timeout", "quickbooks.api.timeout").hasSizeGreaterThan(10);
    }

    /** As Spring does it at a start. */
    private static void bind(String name, Object value) {
        var environment = new StandardEnvironment();
        var prefix = name.substring(0, name.lastIndexOf('.'));
        var binder = new Binder(List.of(new MapConfigurationPropertySource(Map.of(name, value))),
                new PropertySourcesPlaceholdersResolver(environment));
        settings().filter(type -> type.getAnnotation(ConfigurationProperties.class).value().equals(prefix))
                .forEach(type -> binder.bindOrCreate(prefix, Bindable.of(type), new Units(environment).apply(BindHandler.DEFAULT)));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void haveALineOfWhy(String line) {
        assertThat(line).contains("#");
    }

    /** Our own settings, but for those that are an address of Intuit's or speak for themselves. */
    static List<String> ours() throws IOException {
        return Files.readAllLines(REFERENCE).stream()
                .dropWhile(line -> !line.startsWith("events:"))
                .takeWhile(line -> !line.startsWith("logging:"))
                .filter(line -> line.matches(" +[a-z-]+: \\S.*"))
                .filter(line -> !line.matches(".*(https://|organization-secret|minor-version|calls-per-minute|connect-timeout|base-path).*"))
                .toList();
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase();
    }

}
