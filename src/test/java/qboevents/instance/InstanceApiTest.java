// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import qboevents.testing.TokenEndpoint;
import qboevents.resource.Resources;
import qboevents.testing.TestDatabase;

@DirtiesContext // or its timers tick until the last test
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class InstanceApiTest {

    /** For this class and the one that repeats it on PostgreSQL. */
    private static final TokenEndpoint INTUIT = new TokenEndpoint();
    private static final String PLATFORM = "User u-secret, Organization o-secret";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    Resources resources;

    @Autowired
    JdbcClient database;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        var url = TestDatabase.H2.freshUrl();
        settings.add("spring.datasource.url", () -> url);
        settings.add("events.api.user-secret", () -> "u-secret");
        settings.add("events.api.organization-secret", () -> "o-secret");
        settings.add("events.delivery.allow-private-addresses", () -> "true");
        settings.add("quickbooks.oauth2.token-url", INTUIT::url);
        settings.add("quickbooks.api.url", () -> "http://127.0.0.1:9"); // nobody there: only tokens matter here
    }

    @BeforeEach
    void offer() {
        Known.offer(resources);
        INTUIT.forget();
    }

    @Test
    void createsAnInstanceFromTheDocumentedBody() {
        var answer = post("/instances", body("\"event.poller.urls\":\"" + String.join("", Known.NAMES) + "\""));

        assertThat(answer.status).isEqualTo(200);
        assertThat(answer.json.get("id").isNumber()).isTrue();
        assertThat(answer.json.get("token").asText()).hasSize(44);
        assertThat(answer.json.get("tags").get(0).asText()).isEqualTo("Docs");
        assertThat(answer.json.at("/element/hub").asText()).isEqualTo("finance");
        assertThat(answer.json.get("configuration").get("oauth.api.secret").asText()).isEqualTo("********");
        assertThat(answer.text).doesNotContain("client-secret", "sign-me", "providerData");
        assertThat(INTUIT.requests).singleElement().asString()
                .contains("grant_type=authorization_code", "code=the-code", "redirect_uri=https");
        assertThat(answer.http.headers().map()).doesNotContainKeys("authorization", "code", "host", "user-agent");
    }

    @Test
    void keepsNothingWhenTheCodeIsRefused() {
        INTUIT.next(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Token invalid\"}");

        var before = get("/instances").json.size();
        var answer = post("/instances", body());

        assertThat(answer.status).isEqualTo(400);
        assertThat(answer.json.get("providerMessage").asText()).contains("invalid_grant");
        assertThat(get("/instances").json).hasSize(before);
    }

    @Test
    void tellsNothingSecretOfARefusalThatRepeatsWhatWasSent() {
        var basic = Base64.getEncoder().encodeToString("client-id:client-secret".getBytes(StandardCharsets.UTF_8));
        INTUIT.next(400, "{\"error\":\"invalid_client\",\"error_description\":\"the-code, client-secret and Basic %s\"}".formatted(basic));

        var answer = post("/instances", body());

        assertThat(answer.json.get("providerMessage").asText()).contains("invalid_client", "********");
        assertThat(answer.text).doesNotContain("the-code", "client-secret", basic);
    }

    @Test
    void readsChangesDisablesAndDeletes() {
        var created = post("/instances", body()).json;
        var id = created.get("id").asLong();
        var element = "User u-secret, Element " + created.get("token").asText();

        assertThat(get("/instances/" + id).json.has("token")).isFalse();
        var changed = send("PATCH", "/instances/" + id, PLATFORM,
                "{\"configuration\":{\"event.poller.refresh_interval\":\"30\",\"oauth.api.secret\":\"********\"}}");
        assertThat(changed.json.get("configuration").get("event.poller.refresh_interval").asText()).isEqualTo("30");
        assertThat(send("GET", "/instances/event-poller-records", element, "").status).isEqualTo(200);
        assertThat(send("POST", "/instances/" + id + "/poll?resource=invoices", element, "").status).isEqualTo(202);
        assertThat(send("POST", "/instances/" + id + "/poll?resource=invoice", PLATFORM, "").json.get("message").asText())
                .contains("did you mean invoices?");

        assertThat(send("DELETE", "/instances/" + id + "/enabled", PLATFORM, "").json.get("disabled").asBoolean()).isTrue();
        assertThat(send("GET", "/instances/event-poller-records", element, "").status).isEqualTo(403);
        assertThat(send("PUT", "/instances/" + id + "/enabled", PLATFORM, "").json.get("disabled").asBoolean()).isFalse();

        assertThat(send("DELETE", "/instances/" + id, PLATFORM, "").status).isEqualTo(200);
        assertThat(get("/instances/" + id).status).isEqualTo(404);
        assertThat(send("GET", "/instances/event-poller-records", element, "").status).isEqualTo(401);
    }

    @Test
    void authenticatesAgainWithANewCode() {
        var id = post("/instances", body()).json.get("id").asLong();

        var answer = send("PATCH", "/instances/" + id, PLATFORM, "{\"providerData\":{\"code\":\"another\"}}");

        assertThat(answer.status).isEqualTo(200);
        assertThat(version(id)).isEqualTo(2);
    }

    /** A code can be spent once, and getting another one takes a human. */
    @Test
    void losesNoCodeToSomebodyWhoChangesTheInstanceMeanwhile() {
        var id = post("/instances", body()).json.get("id").asLong();
        var path = "/instances/" + id;
        INTUIT.meanwhile(() -> send("PATCH", path, PLATFORM,
                "{\"name\":\"Other\",\"configuration\":{\"event.poller.refresh_interval\":\"30\"}}"));

        var mine = send("PATCH", path, PLATFORM, "{\"name\":\"Mine\",\"providerData\":{\"code\":\"again\"}}");

        assertThat(mine.status).as(mine.text).isEqualTo(200);
        assertThat(mine.json.get("name").asText()).isEqualTo("Mine");
        assertThat(mine.json.at("/configuration").get("event.poller.refresh_interval").asText()).isEqualTo("30");
        assertThat(version(id)).isEqualTo(2);
    }

    @Test
    void tellsWhomAnotherChangeHasOvertakenForGood() {
        var id = post("/instances", body()).json.get("id").asLong();
        var path = "/instances/" + id;
        var again = "{\"providerData\":{\"code\":\"again\"}}";
        INTUIT.meanwhile(() -> send("PATCH", path, PLATFORM, "{\"configuration\":{\"oauth.api.key\":\"another-app\"}}"));

        var overtaken = send("PATCH", path, PLATFORM, again);

        assertError(overtaken, 409);
        assertThat(overtaken.text).contains("oauth.api.key");
        assertThat(version(id)).isEqualTo(1);
        INTUIT.meanwhile(() -> send("DELETE", path, PLATFORM, ""));
        assertError(send("PATCH", path, PLATFORM, again), 404);
    }

    private long version(long instanceId) {
        return database.sql("select version from oauth_token where instance_id = ?").param(instanceId).query(Long.class).single();
    }

    @Test
    void tellsWhoMayNotCall() {
        var one = post("/instances", body()).json;
        var other = post("/instances", body()).json;
        var path = "/instances/" + one.get("id").asLong();

        assertThat(send("GET", path, "", "").status).isEqualTo(401);
        assertThat(send("GET", path, "User u-secret", "").status).isEqualTo(401);
        assertThat(send("GET", path, "User wrong, Organization o-secret", "").status).isEqualTo(401);
        assertThat(send("GET", path, "User u-secret, Element wrong", "").status).isEqualTo(401);
        assertThat(send("GET", path, "User u-secret, Element " + other.get("token").asText(), "").status).isEqualTo(403);
        assertThat(send("GET", path, "Element " + one.get("token").asText() + ",User   u-secret", "").status).isEqualTo(200);
        assertThat(send("POST", "/instances", "", "not json").status).isEqualTo(401);
    }

    @Test
    void answersEveryErrorInOneForm() {
        assertError(get("/nothing/here"), 404);
        assertError(get("/instances/999999"), 404);
        assertError(get("/instances/abc"), 404);
        assertError(send("PUT", "/instances", PLATFORM, "{}"), 405);
        assertError(post("/instances", "{\"broken\":"), 400);
        assertError(post("/instances", "[1]"), 400);
        assertError(post("/instances", ""), 400);
        assertError(post("/instances", "{\"name\":\"\u0000\"}"), 400);
        assertError(sendAs("application/x-www-form-urlencoded", "POST", "/instances", PLATFORM, "a=b&c"), 400);
        assertError(sendAs("multipart/form-data; boundary=x", "POST", "/instances", PLATFORM, "--x--"), 400);
        assertError(send("TRACE", "/instances", PLATFORM, ""), 405);
        assertError(post("/instances", "x".repeat(8 * 1024 * 1024 + 1)), 413);
        assertError(get("/instances?pageSize=none"), 400);
        assertError(get("/instances/1%2F2"), 400);
        assertError(send("GET", "/../../error", PLATFORM, ""), 404);
    }

    @Test
    void answersWithoutHtmlWhatIsNotHttp() throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("GET /[<script> HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("Elements-Request-Id: ", "\"message\":")
                    .doesNotContain("<", "Tomcat");
        }
    }

    @Test
    void refusesALongBodyWhoseLengthIsNotTold() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri("/instances")).header("Authorization", PLATFORM)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[9 * 1024 * 1024])));

        assertError(new Answer(CLIENT.send(request.build(), BodyHandlers.ofString())), 413);
    }

    /** A client that sends all before it reads, as most do. */
    @Test
    void answersASenderOfMuchTooMuch() throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            var length = 40 * 1024 * 1024;
            socket.getOutputStream().write(("POST /elements/api-v2/instances HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Content-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            for (int sent = 0; sent < length; sent += 1024 * 1024) {
                socket.getOutputStream().write(new byte[1024 * 1024]);
            }

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void readsABodyWhoseLengthIsNotTold() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri("/instances")).header("Authorization", PLATFORM)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body().getBytes())));

        assertThat(CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void namesAllFaultsAtOnce() {
        var answer = post("/instances", "{\"configuration\":{\"event.notification.enabled\":\"true\","
                + "\"event.poller.refresh_interval\":\"0.1\",\"event.pollr.urls\":\"x\",\"event.poller.urls\":\"invoice\"}}");

        assertError(answer, 400);
        assertThat(answer.json.get("message").asText()).contains("name is required", "providerData.code",
                "providerData.realmId", "oauth.api.key", "oauth.api.secret", "event.notification.callback.url is required",
                "floor of 1 minutes", "event.pollr.urls is not known (did you mean event.poller.urls?)",
                "did you mean invoices?");
    }

    @Test
    void takesTheJsonThatCurlCallsAForm() {
        assertThat(sendAs("application/x-www-form-urlencoded", "POST", "/instances", PLATFORM, body()).status).isEqualTo(200);
    }

    @Test
    void refusesANameThatNoColumnHolds() {
        var answer = post("/instances", body().replace("API Instance", "API\\u0000Instance"));

        assertError(answer, 400);
        assertThat(answer.json.get("message").asText()).contains("name must not hold control characters");
    }

    @Test
    void pagesThroughTheInstances() {
        post("/instances", body());
        post("/instances", body());

        var first = get("/instances?pageSize=1&tags[]=Docs");
        var token = first.http.headers().firstValue("Elements-Next-Page-Token").orElseThrow();
        var second = get("/instances?pageSize=1&tags[]=Docs&nextPageToken=" + token);

        assertThat(first.json).hasSize(1);
        assertThat(first.http.headers().firstValue("Elements-Returned-Count")).hasValue("1");
        assertThat(second.json.get(0).get("id").asLong()).isGreaterThan(first.json.get(0).get("id").asLong());
        assertThat(get("/instances?searchText=nowhere").json).isEmpty();
    }

    @Test
    void tellsWhereTheUserConnects() {
        var answer = send("GET", "/elements/quickbooks/oauth/url?apiKey=k&apiSecret=s&callbackUrl=https://me/cb&state=x", "", "");

        assertThat(answer.json.get("oauthUrl").asText()).startsWith("https://appcenter.intuit.com/connect/oauth2?")
                .contains("client_id=k", "response_type=code", "scope=com.intuit.quickbooks.accounting", "state=x");
        assertThat(answer.text).doesNotContain("apiSecret");
        assertError(send("GET", "/elements/quickbooks/oauth/url", "", ""), 400);
    }

    @Test
    void keepsNoSecretInClear() {
        post("/instances", body());

        var rows = database.sql("select * from instance").query().listOfRows() + " "
                + database.sql("select * from oauth_token").query().listOfRows();

        assertThat(rows).doesNotContain("client-secret", "sign-me", "access-", "refresh-1").contains("client-id");
    }

    @Test
    void replacesAnInstance() {
        var created = post("/instances", body()).json;
        var path = "/instances/" + created.get("id").asLong();
        var other = body().replace("API Instance", "Other").replace("client-secret", "********").replace("sign-me", "********")
                .replace("\"code\":\"the-code\",", "").replace("\"15\"", "20");

        var answer = send("PUT", path, PLATFORM, other);

        assertThat(answer.status).as(answer.text).isEqualTo(200);
        assertThat(answer.json.get("name").asText()).isEqualTo("Other");
        assertThat(get(path + "/configuration").text).contains("refresh_interval", "20", "********");
        assertThat(INTUIT.requests).as("no new connection").hasSize(1);
        assertThat(send("PUT", path, PLATFORM, other.replace("\"realmId\"", "\"code\":\"again\",\"realmId\"")).status).isEqualTo(200);
        assertThat(INTUIT.requests).hasSize(2);
        assertThat(INTUIT.requests.get(1)).contains("code=again").doesNotContain("********");
        assertThat(get(path).json.get("token")).isNull();

        var refused = send("PUT", path, PLATFORM, "{}");
        assertError(refused, 400);
        assertThat(refused.json.get("message").asText()).contains("element.key is required", "name is required", "oauth.api.key is required");
        assertError(send("PUT", "/instances/999999", PLATFORM, other), 404);
    }

    @Test
    void tellsAnInstanceByItsTokenAlone() {
        var created = post("/instances", body()).json;
        var element = "User u-secret, Element " + created.get("token").asText();

        assertThat(send("GET", "/instances", element, "").json.get("id")).isEqualTo(created.get("id"));
        assertThat(send("GET", "/instances", PLATFORM, "").json.isArray()).isTrue();
        assertThat(send("DELETE", "/instances/enabled", element, "").json.get("disabled").asBoolean()).isTrue();
        assertError(send("GET", "/instances", element, ""), 403);
        assertThat(send("PUT", "/instances/enabled", element, "").json.get("disabled").asBoolean()).isFalse();
        assertError(send("PUT", "/instances/enabled", PLATFORM, ""), 401);
    }

    @Test
    void changesNameAndTags() {
        var path = "/instances/" + post("/instances", body()).json.get("id").asLong();

        var answer = send("PATCH", path, PLATFORM, "{\"name\":\"A <b>new</b> name\",\"tags\":[\"one\",\"two & three\"]}");

        assertThat(answer.json.get("name").asText()).isEqualTo("A <b>new</b> name");
        assertThat(answer.json.get("tags").toString()).isEqualTo("[\"one\",\"two & three\"]");
        assertThat(get("/instances?tags[]=one&tags[]=two%20%26%20three").json).hasSize(1);
        assertThat(get("/instances?tags[]=one&tags[]=other").json).isEmpty();
        assertThat(get("/instances?searchText=%3Cb%3Enew").json).hasSize(1);
        assertThat(send("PATCH", path, PLATFORM, "{\"configuration\":{\"my.key\":1}}").json.get("tags")).hasSize(2);
    }

    /** The documentation's own bodies: one lacks a comma, one has a brace too many. */
    @Test
    void saysWhereABodyIsNotJson() {
        var lines = body().replace(",", ",\n");

        assertNotJson(lines.replace("\"client-secret\",", "\"client-secret\""), "line 9, column 1: found \" where a comma");
        assertNotJson(lines + "\n}", "line 22, column 1: a closing bracket that closes nothing");
        assertNotJson(lines.replace("\"client-secret\"", "client-secret"), "found a word where a value belongs");
        assertNotJson(lines.replace("\"client-secret\"", "\"client-secret"), "column 37: a line break");
        assertNotJson(lines.replace("\"Docs\"]", "\"Docs\",]"), "found ] where a value belongs");
        assertNotJson("{\"a\":1,}", "line 1, column 8: found } where a name in double quotes belongs");
        assertNotJson("{\"a\" 1}", "found a word where a colon belongs");
        assertNotJson("{} {}", "something behind the end");
        assertNotJson("{\"broken\":", "it ends before the JSON is complete");
    }

    private void assertNotJson(String body, String where) {
        var path = "/instances/" + post("/instances", body()).json.get("id").asLong();
        for (var answer : List.of(post("/instances", body), send("PUT", path, PLATFORM, body), send("PATCH", path, PLATFORM, body))) {
            assertThat(answer.json.get("message").asText()).startsWith("The body is not JSON: line ").contains(where)
                    .doesNotContain("client", "secret");
            assertError(answer, 400);
        }
    }

    private static String body(String... more) {
        return """
                {"element":{"key":"quickbooks"},"providerData":{"code":"the-code","realmId":"4620816365"},
                 "configuration":{"oauth.callback.url":"https;//mycoolapp.com","oauth.api.key":"client-id",
                  "oauth.api.secret":"client-secret","authentication.type":"oauth2",
                  "scope":"com.intuit.quickbooks.accounting openid","event.notification.enabled":true,
                  "event.vendor.type":"polling","event.notification.callback.url":"http://127.0.0.1:9/hook",
                  "event.notification.signature.key":"sign-me","event.poller.refresh_interval":"15"%s},
                 "tags":["Docs"],"name":"API Instance"}""".formatted(more.length == 0 ? "" : "," + more[0]);
    }

    private static void assertError(Answer answer, int status) {
        assertThat(answer.status).as(answer.text).isEqualTo(status);
        assertThat(answer.json.get("requestId").asText())
                .isEqualTo(answer.http.headers().firstValue("Elements-Request-Id").orElseThrow());
        assertThat(answer.json.get("message").asText()).isNotBlank();
        assertThat(answer.http.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.http.headers().map()).doesNotContainKey("authorization");
    }

    private Answer get(String path) {
        return send("GET", path, PLATFORM, "");
    }

    private Answer post(String path, String body) {
        return send("POST", path, PLATFORM, body);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/elements/api-v2" + path.replace("[", "%5B").replace("]", "%5D"));
    }

    private Answer send(String method, String path, String authorization, String body) {
        return sendAs("application/json", method, path, authorization, body);
    }

    private Answer sendAs(String type, String method, String path, String authorization, String body) {
        var request = HttpRequest.newBuilder(uri(path)).method(method,
                body.isEmpty() && !method.equals("POST") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        request.header("Content-Type", type);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Answer {

        final HttpResponse<String> http;
        final int status;
        final String text;
        final JsonNode json;

        Answer(HttpResponse<String> http) throws IOException {
            this.http = http;
            this.status = http.statusCode();
            this.text = http.body();
            this.json = JSON.readTree(text);
        }
    }
}
