// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.testing.ServiceProcess;
import qboevents.testing.TestService;

/** The packaged service says what it is, in a form for machines when asked for, and ends when it is told to. */
class StartIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** What Hawtio asks with: its parts are lists under one name in several jars. */
    @Test
    void showsItsRoutesOverJolokia() throws IOException {
        var settings = List.of("events.api.user-secret=" + TestService.USER_SECRET,
                "events.api.organization-secret=" + TestService.ORGANIZATION_SECRET);
        try (var service = ServiceProcess.start(folder, ServiceProcess.freePort(), settings)) {
            service.awaitReady();

            var jolokia = service.base().replace("/elements/api-v2", "/actuator/jolokia");
            var routes = TestService.call(HttpClient.newHttpClient(), jolokia, "POST",
                    "{\"type\":\"exec\",\"mbean\":\"org.apache.camel:context=quickbooks-events,type=context,name=\\\"quickbooks-events\\\"\","
                            + "\"operation\":\"dumpRoutesAsXml()\"}").json();

            assertThat(routes.path("value").asText()).as(routes.toString()).contains("<route id=\"bills\"");
        }
    }

    /** Which beans there are is decided by the build, but where a setting decides otherwise. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesItsBeansFromTheBuildAndFindsThemAnewForASettingThatDecides(boolean anew) throws IOException {
        var settings = new ArrayList<>(List.of("events.api.user-secret=" + TestService.USER_SECRET,
                "events.api.organization-secret=" + TestService.ORGANIZATION_SECRET, "server.tomcat.threads.max=20"));
        int port = ServiceProcess.freePort();
        int actuator = anew ? ServiceProcess.freePort() : port;
        if (anew) {
            settings.add("management.server.port=" + actuator);
        }
        try (var service = ServiceProcess.start(folder, port, settings)) {
            service.awaitReady();

            var health = TestService.call(HttpClient.newHttpClient(), "http://127.0.0.1:" + actuator + "/actuator/health", "GET", "");
            assertThat(health.status()).as(health.text()).isEqualTo(200);
        }
        assertThat(Files.readString(folder.resolve(ServiceProcess.LOG)))
                .contains(anew ? "because of the setting management.server.port" : "Starting AOT-processed Application")
                .doesNotContain(anew ? "Starting AOT-processed Application" : "because of");
    }

    @Test
    void saysWhatHasStartedWithWhatAndEndsInTime() throws IOException {
        var settings = List.of("events.api.user-secret=" + TestService.USER_SECRET,
                "events.api.organization-secret=" + TestService.ORGANIZATION_SECRET, "logging.structured.format.console=ecs");
        try (var service = ServiceProcess.start(folder, ServiceProcess.freePort(), settings)) {
            service.awaitReady();

            assertThat(service.stop(Duration.ofSeconds(30))).isEqualTo(143);
        }

        var lines = Files.readAllLines(folder.resolve(ServiceProcess.LOG));
        assertThat(lines).allSatisfy(line -> assertThat(JSON.readTree(line).has("@timestamp")).isTrue());
        assertThat(lines).anySatisfy(line -> assertThat(JSON.readTree(line).path("message").asText())
                .matches("quickbooks-events \\d\\S* on port \\d+ as node .*, started in [0-9.]+ s\\. Java \\d+\\."
                        + " Database: H2 .* at jdbc:h2:file:[^;]*\\. Resources: \\d+\\. API secrets: from the settings\\."
                        + " Encryption key: from its file beside the database\\. Webhooks: answered 503.*"));
        assertThat(lines).noneMatch(line -> line.contains(TestService.USER_SECRET) || line.contains(TestService.ORGANIZATION_SECRET));
    }
}
