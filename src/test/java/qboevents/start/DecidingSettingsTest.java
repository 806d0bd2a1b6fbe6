// SPDX-License-Identifier: Apache-2.0
package qboevents.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

class DecidingSettingsTest {

    private final StandardEnvironment environment = new StandardEnvironment();

    @BeforeEach
    void readTheShippedOnes() throws IOException {
        var sources = environment.getPropertySources();
        sources.forEach(source -> sources.remove(source.getName()));
        new YamlPropertySourceLoader().load("Config resource 'class path resource [application.yaml]' via location 'optional:classpath:/'",
                new ClassPathResource("application.yaml")).forEach(sources::addLast);
        ConfigurationPropertySources.attach(environment);
    }

    private void given(String setting) {
        var parts = setting.split("=", 2);
        environment.getPropertySources().addFirst(new MapPropertySource("arguments", Map.of(parts[0], parts[1])));
    }

    private void variable(String name, String value) {
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, value)));
    }

    @Test
    void areNotAmongTheShippedOnes() {
        assertThat(DecidingSettings.in(environment)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"management.server.port=9090", "camel.component.kafka.brokers=localhost:9092", "spring.profiles.active=dev",
            "management.endpoints.web.exposure.include=health", "management.otlp.tracing.endpoint=http://localhost:4318/v1/traces",
            "spring.flyway.enabled=false", "server.forward-headers-strategy=framework", "spring.jmx.enabled=true"})
    void areTheLibrariesOwn(String setting) {
        given(setting);

        assertThat(DecidingSettings.in(environment)).contains(setting.substring(0, setting.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring.datasource.url=jdbc:postgresql://localhost/events", "spring.datasource.hikari.maximum-pool-size=20",
            "server.port=9090", "server.tomcat.threads.max=10", "events.polling.workers=1", "quickbooks.api.url=http://localhost",
            "logging.level.root=debug", "java.version=17"})
    void areNotWhatNearlyEverybodySets(String setting) {
        given(setting);

        assertThat(DecidingSettings.in(environment)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring.jmx.enabled=false", "management.endpoints.web.exposure.include=health,prometheus,hawtio,jolokia"})
    void areNotThoseThatHaveTheShippedValue(String setting) {
        given(setting);

        assertThat(DecidingSettings.in(environment)).isEmpty();
    }

    @Test
    void areSeenAmongEnvironmentVariables() {
        variable("MANAGEMENT_SERVER_PORT", "9090");

        assertThat(DecidingSettings.in(environment)).contains("management.server.port");
    }

    @Test
    void areNotTheVariablesOfAConnection() {
        variable("SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost/events");

        assertThat(DecidingSettings.in(environment)).isEmpty();
    }

    /** A bean of ours that depended on events.… would be decided by the build. */
    @Test
    void areNeverOurs() {
        var conditions = new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("qboevents").stream()
                .filter(type -> type.isAnnotatedWith(ConditionalOnProperty.class))
                .map(type -> type.getAnnotationOfType(ConditionalOnProperty.class)).toList();

        assertThat(conditions).isNotEmpty().allSatisfy(condition -> assertThat(condition.prefix() + condition.value()[0]).startsWith("management."));
    }
}
