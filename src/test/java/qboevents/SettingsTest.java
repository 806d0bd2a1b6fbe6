// SPDX-License-Identifier: Apache-2.0
package qboevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import qboevents.quickbooks.QuickBooksSettings;

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
