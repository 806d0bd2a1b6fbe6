// SPDX-License-Identifier: Apache-2.0
package qboevents.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;

class UnknownSettingsTest {

    private final StandardEnvironment environment = new StandardEnvironment();

    @BeforeEach
    void readTheShippedOnes() throws IOException {
        var sources = environment.getPropertySources();
        sources.forEach(source -> sources.remove(source.getName()));
        new YamlPropertySourceLoader().load("Config resource 'class path resource [application.yaml]' via location 'optional:classpath:/'",
                new ClassPathResource("application.yaml")).forEach(sources::addLast);
    }

    private void arguments(String... arguments) {
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
    }

    private void variable(String name, String value) {
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, value)));
    }

    private void file(String lines) throws IOException {
        new YamlPropertySourceLoader().load("application.yaml", new ByteArrayResource(lines.getBytes(StandardCharsets.UTF_8), "application.yaml"))
                .forEach(environment.getPropertySources()::addFirst);
    }

    @Test
    void areNotAmongTheShippedOnes() {
        assertThat(UnknownSettings.in(environment)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "events.polling.overlapp, events.polling.overlap",
            "events.webhok.gather, events.webhook.gather",
            "events.retension, events.retention",
            "quickbooks.budget.calls-pro-month, quickbooks.budget.calls-per-month",
            "quickbooks.webhook.verifier-token[0], quickbooks.webhook.verifier-tokens",
            "events.base-path, events.api.base-path",
            "Events.Polling.disableAftre, events.polling.disable-after"})
    void areToldWithWhatWasMeant(String given, String meant) {
        arguments("--" + given + "=1d");

        assertThat(UnknownSettings.in(environment)).containsExactly(
                "The command line gives " + given + ", which is no setting and has no effect (did you mean " + meant + "?)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"events.polling.speed", "events.routes", "events.polling.tick.hourly", "events.polling.timeout"})
    void areToldWhenNothingIsNear(String given) {
        arguments("--" + given + "=1");

        assertThat(UnknownSettings.in(environment)).containsExactly(
                "The command line gives " + given + ", which is no setting and has no effect");
    }

    @Test
    void areToldWithTheirLineOfAFile() throws IOException {
        file("""
                events:
                  polling:
                    overlapp: 5m
                  delivery:
                """);

        assertThat(UnknownSettings.in(environment)).singleElement().asString()
                .endsWith("[application.yaml] - 3:15 gives events.polling.overlapp, which is no setting and has no effect"
                        + " (did you mean events.polling.overlap?)");
    }

    @ParameterizedTest
    @CsvSource({
            "EVENTS_POLLING_OVERLAPP, EVENTS_POLLING_OVERLAP",
            "EVENTS_RETENSION, EVENTS_RETENTION",
            "EVENTS_API_USER_SECRETT, EVENTS_API_USERSECRET",
            "EVENTS_DELIVERY_ALLOWPRIVATE_ADDRESSES, EVENTS_DELIVERY_ALLOWPRIVATEADDRESSES",
            "QUICKBOOKS_WEBHOOK_VERIFIER_TOKEN_0, QUICKBOOKS_WEBHOOK_VERIFIERTOKENS"})
    void areToldOfVariables(String given, String meant) {
        variable(given, "a-secret");

        assertThat(UnknownSettings.in(environment)).containsExactly(
                "The environment gives " + given + ", which is no setting and has no effect (did you mean " + meant + "?)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--events.api.userSecret=1", "--EVENTS.API.USER-SECRET=1", "--events.api.user_secret=1",
            "--quickbooks.webhook.verifier-tokens[1]=1", "--spring.datasource.urll=1", "--eventss.retention=1"})
    void areNotThoseThatSpringTakesNorThoseOfOthers(String given) {
        arguments(given);

        assertThat(UnknownSettings.in(environment)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EVENTS_DELIVERY_ALLOWPRIVATEADDRESSES", "EVENTS_DELIVERY_ALLOW_PRIVATE_ADDRESSES"})
    void areNotVariablesThatSpringTakes(String name) {
        variable(name, "given");
        ConfigurationPropertySources.attach(environment);

        assertThat(environment.getProperty("events.delivery.allow-private-addresses")).isEqualTo("given");
        assertThat(UnknownSettings.in(environment)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUICKBOOKS_WEBHOOK_VERIFIERTOKENS_0", "QUICKBOOKS_EVENTS_SERVICE_HOST", "QUICKBOOKS_EVENTS_SERVICE_PORT_HTTP",
            "QUICKBOOKS_EVENTS_PORT", "QUICKBOOKS_EVENTS_PORT_8080_TCP_ADDR", "EVENTS_PORT_80_TCP", "EVENTSOURCE"})
    void areNotVariablesThatKubernetesGives(String name) {
        variable(name, "given");

        assertThat(UnknownSettings.in(environment)).isEmpty();
    }

    @Test
    void areToldWithoutAValueThatWasTakenForAName() {
        arguments("--events.api.user-secret:hunter2", "--events.encryption.key hunter2");

        assertThat(UnknownSettings.in(environment)).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("did you mean events.").doesNotContain("hunter2"));
    }

    @Test
    void areFoundWhereTheShippedFileIsNotRead() {
        var sources = environment.getPropertySources();
        sources.forEach(source -> sources.remove(source.getName()));
        arguments("--events.retension=1d", "--events.retention=1d");

        assertThat(UnknownSettings.in(environment)).singleElement().asString().contains("events.retension");
    }

    /** What code and routes ask for by name; the settings' records are held against the file by SettingsTest. */
    static Stream<String> asked() throws IOException {
        var ours = Pattern.compile("(?:\\$\\{|\\{\\{|getProperty\\(\")((?:events|quickbooks)\\.[a-z.-]+)[:}\"]");
        try (var code = Files.walk(Path.of("src/main/java")); var routes = Files.walk(Path.of("routes"))) {
            return Stream.concat(code, routes).filter(Files::isRegularFile).flatMap(file -> ours.matcher(read(file)).results())
                    .map(found -> found.group(1)).distinct().toList().stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("asked")
    void areNotThoseThatTheServiceAsksFor(String name) {
        arguments("--" + name + "=1");

        assertThat(UnknownSettings.in(environment)).isEmpty();
    }
}
