// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.ServiceProcess;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** Who may look at health and meters, on the API's port and on one of their own. */
class ActuatorAccessTest {

    private static final String SECRETS = "User " + TestService.USER_SECRET + ", Organization " + TestService.ORGANIZATION_SECRET;
    private static final String BASIC = "Basic " + Base64.getEncoder().encodeToString(
            (TestService.USER_SECRET + ":" + TestService.ORGANIZATION_SECRET).getBytes(ISO_8859_1));
    private static final int OWN_PORT = ServiceProcess.freePort();

    private static QuickBooksSimulator quickBooks;
    private static TestService service;
    private static TestService separate;

    @BeforeAll
    static void start() {
        quickBooks = new QuickBooksSimulator(MovableClock.running());
        service = TestService.start(TestDatabase.H2.freshUrl(), Clock.systemUTC(), quickBooks);
        separate = TestService.start(TestDatabase.H2.freshUrl(), Clock.systemUTC(), quickBooks,
                "management.server.port=" + OWN_PORT);
    }

    @AfterAll
    static void stop() {
        separate.close();
        service.close();
        quickBooks.close();
    }

    private static RawAnswer get(int port, String path, String... headers) throws IOException {
        var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return new RawHttp(port).send(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n"
                + more + "\r\n").getBytes(ISO_8859_1));
    }

    private static int port() {
        return URI.create(service.base()).getPort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/prometheus", "//actuator/prometheus", "/actuator;a=b/prometheus",
        "/%61ctuator/prometheus", "/x/../actuator/prometheus", "/actuator/./prometheus", "/actuator/prometheus/",
        "/actuator//prometheus", "/actuator/health/db", "/actuator/health;x/db", "/actuator", "/actuator/env"})
    void showsNothingButHealthWithoutTheSecrets(String path) throws IOException {
        for (int port : new int[] {port(), OWN_PORT}) {
            var answer = get(port, path);

            assertThat(answer.status()).isIn(400, 401, 404);
            assertThat(answer.body()).doesNotContain("jvm_").doesNotContain("UP");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void tellsEverybodyWhetherItIsWellAndNoMore(String path) throws IOException {
        for (int port : new int[] {port(), OWN_PORT}) {
            var answer = get(port, path);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).startsWith("{\"status\":\"UP\"").doesNotContain("components").doesNotContain("details");
        }
    }

    @Test
    void tellsMoreWithTheSecretsInEitherForm() throws IOException {
        for (int port : new int[] {port(), OWN_PORT}) {
            for (var authorization : new String[] {SECRETS, BASIC}) {
                var header = "Authorization: " + authorization;

                assertThat(get(port, "/actuator/prometheus", header).body()).contains("jvm_memory_used_bytes", "hikaricp_");
                assertThat(get(port, "/actuator/health", header).body())
                        .contains("\"db\"", "\"routes\"", "\"polling\"", "\"delivery\"", "\"encryption\"", "\"resources\":22");
                assertThat(get(port, "/actuator/env", header).status()).isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: http://evil.example"})
    void refusesWhatAnotherSitesPageAsksOfABrowserThatKnowsTheSecrets(String header) throws IOException {
        assertThat(get(port(), "/actuator/prometheus", "Authorization: " + BASIC, header).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"User x, Organization y", "Basic eDp5", "Basic !", "Basic eA==", "Bearer x"})
    void refusesWrongSecretsAlsoForHealth(String authorization) throws IOException {
        for (var path : new String[] {"/actuator/health", "/actuator/prometheus"}) {
            var answer = get(port(), path, "Authorization: " + authorization);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers()).containsKey("WWW-Authenticate");
            assertThat(answer.body()).startsWith("{\"requestId\"");
        }
    }

    @Test
    void isNotOnTheApisPortWhenItHasOneOfItsOwn() throws IOException {
        assertThat(get(URI.create(separate.base()).getPort(), "/actuator/prometheus", "Authorization: " + SECRETS).status())
                .isEqualTo(404);
    }
}
