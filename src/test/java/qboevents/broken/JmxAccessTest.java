// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** Who may look at MBeans through the console's doors, and at which. */
class JmxAccessTest {

    private static final String BASIC = "Authorization: Basic " + Base64.getEncoder().encodeToString(
            (TestService.USER_SECRET + ":" + TestService.ORGANIZATION_SECRET).getBytes(ISO_8859_1));
    private static final String HIDDEN = "s3cr3t-of-the-command-line";
    private static final int OWN_PORT = ServiceProcess.freePort();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static QuickBooksSimulator quickBooks;
    private static TestService service;
    private static TestService separate;

    @BeforeAll
    static void start() {
        System.setProperty("a.setting.of.the.test", HIDDEN);
        quickBooks = new QuickBooksSimulator(MovableClock.running());
        separate = TestService.start(TestDatabase.H2.freshUrl(), Clock.systemUTC(), quickBooks,
                "management.server.port=" + OWN_PORT);
        service = TestService.start(TestDatabase.H2.freshUrl(), Clock.systemUTC(), quickBooks);
    }

    @AfterAll
    static void stop() {
        System.clearProperty("a.setting.of.the.test");
        separate.close();
        service.close();
        quickBooks.close();
    }

    private static int port() {
        return URI.create(service.base()).getPort();
    }

    private static RawAnswer send(int port, String method, String path, String body, String... headers) throws IOException {
        var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return new RawHttp(port).send((method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n"
                + more + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(ISO_8859_1));
    }

    private static JsonNode ask(String request) throws IOException {
        var answer = send(port(), "POST", "/actuator/jolokia", request, BASIC, "Sec-Fetch-Site: same-origin");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode read(String mbean) throws IOException {
        return ask("{\"type\":\"read\",\"mbean\":\"" + mbean + "\",\"config\":{\"ignoreErrors\":\"true\"}}");
    }

    private static JsonNode read(String mbean, String attribute) throws IOException {
        return ask("{\"type\":\"read\",\"mbean\":\"" + mbean + "\",\"attribute\":\"" + attribute + "\"}");
    }

    private static JsonNode exec(String mbean, String operation, String arguments) throws IOException {
        return ask("{\"type\":\"exec\",\"mbean\":\"" + mbean + "\",\"operation\":\"" + operation + "\",\"arguments\":[" + arguments + "]}");
    }

    private static String camel() throws IOException {
        return "org.apache.camel:context=" + context() + ",type=context,name=\\\"" + context() + "\\\"";
    }

    /** Several in one JVM have different names. */
    private static String context() throws IOException {
        var names = ask("{\"type\":\"search\",\"mbean\":\"org.apache.camel:type=context,*\"}").get("value");
        return names.get(names.size() - 1).asText().replaceAll(".*name=\"([^\"]*)\".*", "$1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/jolokia", "/actuator/jolokia/", "/actuator/jolokia/version", "/actuator/jolokia/list",
        "//actuator/jolokia/version", "/actuator;a=b/jolokia/version", "/actuator/jolokia;a=b/version", "/%61ctuator/jolokia/version",
        "/x/../actuator/jolokia/version", "/actuator/./jolokia/version", "/actuator//jolokia/version",
        "/actuator/hawtio", "/actuator/hawtio/", "/actuator/hawtio/index.html", "/actuator/hawtio/jolokia",
        "/actuator/hawtio/jolokia/version", "/actuator/hawtio/jolokia/list", "/actuator/hawtio;x/jolokia/version",
        "/actuator/hawtio/proxy/enabled", "/actuator/hawtio/proxy/http/127.0.0.1/1/", "/actuator/hawtio/user",
        "/actuator/hawtio/auth/login", "/actuator/hawtio/auth/config", "/actuator/hawtio/keycloak/enabled"})
    void staysClosedWithoutTheSecrets(String path) throws IOException {
        for (int port : new int[] {port(), OWN_PORT}) {
            for (var method : new String[] {"GET", "POST"}) {
                var answer = send(port, method, path, "");

                assertThat(answer.status()).as(method + " " + path).isIn(400, 401, 404);
                assertThat(answer.body()).doesNotContain("agent", "<html");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/jolokia/version", "/actuator/hawtio/jolokia/version"})
    void opensWithTheSecretsOnTheOnePortThatItHas(String path) throws IOException {
        assertThat(send(port(), "GET", path, "", BASIC).body()).contains("\"agent\"");
        assertThat(send(OWN_PORT, "GET", path, "", BASIC).body()).contains("\"agent\"");
        assertThat(send(URI.create(separate.base()).getPort(), "GET", path, "", BASIC).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: http://evil.example"})
    void refusesWhatAnotherSitesPageAsksOfABrowserThatKnowsTheSecrets(String header) throws IOException {
        var stop = "{\"type\":\"exec\",\"mbean\":\"qboevents:type=Service\",\"operation\":\"release\",\"arguments\":[1]}";

        assertThat(send(port(), "POST", "/actuator/jolokia", stop, BASIC, header).status()).isEqualTo(403);
        assertThat(send(port(), "POST", "/actuator/hawtio/jolokia", stop, BASIC, header).status()).isEqualTo(403);
    }

    /** As a link on any page would, which a browser that knows the secrets follows over plain HTTP without telling whose it is. */
    @ParameterizedTest
    @ValueSource(strings = {"/actuator/jolokia/exec/qboevents:type=Service/release/1", "/actuator/jolokia/EXEC/qboevents:type=Service/release/1",
        "/actuator/jolokia?p=exec/qboevents:type=Service/release/1", "/actuator/jolokia/?p=%65xec%2Fqboevents:type=Service%2Frelease%2F1",
        "/actuator/hawtio/jolokia/exec/qboevents:type=Service/release/1", "/actuator/jolokia/write/qboevents:type=Service/Due/1"})
    void carriesOutNothingForALink(String path) throws IOException {
        assertThat(send(port(), "GET", path, "", BASIC).status()).isEqualTo(405);
    }

    @Test
    void showsTheServiceTheRoutesAndHowTheJvmDoes() throws IOException {
        assertThat(read("qboevents:type=Service").get("value").fieldNames()).toIterable()
                .contains("Instances", "Due", "Retry", "Held", "Dead", "ReconnectNeeded", "PausedResources");
        assertThat(read("org.apache.camel:context=" + context() + ",type=routes,name=\\\"bills\\\"", "State").at("/value").asText())
                .isEqualTo("Started");
        assertThat(exec(camel(), "dumpRoutesAsXml()", "").get("value").asText()).contains("<route id=\"bills\"");
        assertThat(read("java.lang:type=Memory", "HeapMemoryUsage").at("/value/used").asLong()).isPositive();
        assertThat(read("java.lang:type=Runtime", "Uptime").get("value").asLong()).isPositive();
    }

    /** Hawtio asks it for each operation that it shows, and has a browser's console full of errors without an answer. */
    @Test
    void letsHawtioAskWhatMayBeDone() throws IOException {
        assertThat(exec("hawtio:area=jmx,name=HawtioDummyJMXSecurity,type=security", "canInvoke(java.lang.String)",
                "\"qboevents:type=Service\"").get("value").asBoolean()).isTrue();
    }

    @Test
    void refusesWhatWouldShowOrDoAnythingElse() throws IOException {
        refused(read("java.lang:type=Runtime", "SystemProperties"));
        refused(read("java.lang:type=Runtime", "InputArguments"));
        refused(read(camel(), "GlobalOptions"));
        refused(exec("java.lang:type=Memory", "gc", ""));
        refused(exec("java.lang:type=Threading", "dumpAllThreads(boolean,boolean)", "true,true"));
        refused(exec("com.sun.management:type=HotSpotDiagnostic", "dumpHeap", "\"/tmp/heap.hprof\",true"));
        refused(exec("com.sun.management:type=DiagnosticCommand", "vmSystemProperties", ""));
        refused(exec("com.sun.management:type=DiagnosticCommand", "vmCommandLine", ""));
        refused(exec(camel(), "requestBody(java.lang.String,java.lang.Object)", "\"language:simple:${sysenv.PATH}\",\"x\""));
        refused(exec(camel(), "sendBody(java.lang.String,java.lang.Object)", "\"jdbc:dataSource\",\"select 1\""));
        refused(exec(camel(), "stop", ""));
        refused(exec(camel(), "dumpRoutesAsXml(boolean)", "true"));
        refused(exec("org.apache.camel:context=" + context() + ",type=routes,name=\\\"bills\\\"", "remove", ""));
        refused(exec("org.apache.camel:context=" + context() + ",type=routes,name=\\\"bills\\\"",
                "updateRouteFromXml(java.lang.String)", "\"<route/>\""));
        refused(ask("{\"type\":\"write\",\"mbean\":\"java.util.logging:type=Logging\",\"attribute\":\"x\",\"value\":1}"));
        refused(ask("{\"type\":\"write\",\"mbean\":\"java.lang:type=Memory\",\"attribute\":\"Verbose\",\"value\":true}"));
    }

    private static void refused(JsonNode answer) {
        assertThat(answer.get("status").asInt()).as(answer.toString()).isEqualTo(403);
    }

    @Test
    void showsNoSecretInWhateverCanBeRead() throws IOException {
        var all = ask("{\"type\":\"read\",\"mbean\":\"*:*\",\"config\":{\"ignoreErrors\":\"true\"}}").toString()
                + ask("{\"type\":\"list\"}") + read("java.lang:type=Runtime") + read(camel());

        assertThat(all).contains("VmName", "HeapMemoryUsage")
                .doesNotContain(HIDDEN, TestService.USER_SECRET, TestService.ORGANIZATION_SECRET, TestService.ENCRYPTION_KEY);
    }
}
