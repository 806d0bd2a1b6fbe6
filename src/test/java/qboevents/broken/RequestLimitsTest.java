// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** How much of everything a request may have. */
class RequestLimitsTest {

    private static final String VERIFIER = "verifier-of-the-test";

    private static QuickBooksSimulator quickBooks;
    private static TestService service;
    private static RawHttp http;

    @BeforeAll
    static void start() {
        quickBooks = new QuickBooksSimulator(MovableClock.running());
        service = TestService.start(TestDatabase.H2.freshUrl(), MovableClock.running(), quickBooks,
                "quickbooks.webhook.verifier-tokens=" + VERIFIER);
        http = new RawHttp(URI.create(service.base()).getPort());
    }

    @AfterAll
    static void stop() {
        service.close();
        quickBooks.close();
    }

    private static Draft request(String method, String path) {
        var draft = new Draft(method, URI.create(service.base()).getPath() + path);
        draft.header("Host", "localhost");
        draft.header("Connection", "close");
        draft.header("Authorization", "User test-user, Organization test-organization");
        return draft;
    }

    private static void assertRefused(RawAnswer answer, String message) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"requestId\":\"").contains(message);
        assertThat(answer.headers()).containsKey("Elements-Request-Id").containsEntry("X-Content-Type-Options", "nosniff");
    }

    @Test
    void refusesALongHeader() throws IOException {
        var draft = request("GET", "/instances");
        draft.header("X-Long", "x".repeat(20_000));

        assertRefused(http.send(draft.bytes()), "not readable as HTTP");
    }

    @Test
    void refusesALongUrl() throws IOException {
        var draft = request("GET", "/instances");
        draft.query = "searchText=" + "x".repeat(20_000);

        assertRefused(http.send(draft.bytes()), "not readable as HTTP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deep", "long number", "many values"})
    void refusesJsonWithoutMeasure(String what) throws IOException {
        var value = switch (what) {
            case "deep" -> "[".repeat(5000) + "]".repeat(5000);
            case "many values" -> "[" + "{},".repeat(60_000) + "{}]";
            default -> "1".repeat(5000);
        };
        var draft = request("POST", "/instances");
        draft.body = ("{\"configuration\":{\"x\":" + value + "}}").getBytes(UTF_8);

        assertRefused(http.send(draft.bytes()), "nested too deep, holds more values than any request needs, or a text or a number that is too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999", "\"\\ud800\"", "{\"a\":[\"x\\udc00\"]}"})
    void namesWhatNobodyCanKeep(String value) throws IOException {
        var draft = request("POST", "/instances");
        draft.body = ("{\"configuration\":{\"odd.key\":" + value + "}}").getBytes(UTF_8);

        assertRefused(http.send(draft.bytes()), "configuration.odd.key");
    }

    @Test
    void takesLessOfARequestThanOfAWebhook() throws IOException {
        var call = request("POST", "/instances");
        call.body = "x".repeat(1024 * 1024 + 1).getBytes(UTF_8);
        var webhook = request("POST", "/events/quickbooks");
        webhook.body = call.body;

        assertThat(http.send(call.bytes()).toString()).contains("413", "larger than 1 MB");
        assertThat(http.send(webhook.bytes()).status()).as("nothing but its signature is wrong").isEqualTo(401);
    }

    @Test
    void inflatesNothingThatNobodyHasSigned() throws IOException {
        var webhook = request("POST", "/events/quickbooks");
        webhook.header("Content-Encoding", "gzip");
        webhook.body = "none".getBytes(UTF_8);

        assertThat(http.send(webhook.bytes()).status()).isEqualTo(401);
    }

    /** Intuit would send it for ever if it were refused. */
    @Test
    void setsAWebhookAsideThatIsNestedTooDeep() throws IOException {
        var draft = request("POST", "/events/quickbooks");
        draft.body = ("[{\"type\":\"qbo.invoice.created.v1\",\"data\":" + "[".repeat(5000) + "]".repeat(5000) + "}]").getBytes(UTF_8);
        draft.header("intuit-signature", Signed.with(VERIFIER, draft.body));

        assertThat(http.send(draft.bytes()).status()).isEqualTo(200);
        assertThat(service.get("/webhooks/quickbooks/unreadable").json().get(0).get("size").asInt()).isEqualTo(draft.body.length);
    }
}
