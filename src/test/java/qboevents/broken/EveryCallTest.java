// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** Who is let in is asked of every call that the routes offer, also of those that are yet to come. */
class EveryCallTest {

    /** Where nobody has a secret yet, and what is nobody's. */
    private static final List<String> OPEN = List.of(
            "/elements/api-v2/elements/quickbooks/oauth/url", "/elements/api-v2/openapi");

    private static QuickBooksSimulator quickBooks;
    private static TestService service;
    private static RawHttp http;
    private static long id;
    private static String token;
    private static long otherId;
    private static String otherToken;

    @BeforeAll
    static void start() {
        quickBooks = new QuickBooksSimulator(MovableClock.running());
        service = TestService.start(TestDatabase.H2.freshUrl(), MovableClock.running(), quickBooks);
        http = new RawHttp(URI.create(service.base()).getPort());
        var one = connect("7001");
        id = one.get("id").asLong();
        token = one.get("token").asText();
        var other = connect("7002");
        otherId = other.get("id").asLong();
        otherToken = other.get("token").asText();
    }

    @AfterAll
    static void stop() {
        service.close();
        quickBooks.close();
    }

    private static JsonNode connect(String realm) {
        return service.call("POST", "/instances", TestService.connecting(
                realm, quickBooks.authorize(realm), "https://203.0.113.7/", Map.of())).json();
    }

    private static List<Offered> guarded() {
        var calls = Offered.by(service).stream().filter(call -> !call.isInlet() && !OPEN.contains(call.path())).toList();
        assertThat(calls).hasSizeGreaterThan(12);
        return calls;
    }

    private static int status(Offered call, Object where, String authorization) throws IOException {
        var draft = call.draft(where);
        if (!authorization.isEmpty()) {
            draft.header("Authorization", authorization);
        }
        if (!call.method().equals("GET")) {
            draft.header("Content-Type", "application/json");
            draft.body = "{}".getBytes();
        }
        return http.send(draft.bytes()).status();
    }

    @Test
    void letsNobodyInWithoutTheSecrets() throws IOException {
        for (var call : guarded()) {
            for (var authorization : List.of("", "User test-user", "Organization test-organization",
                    "User test-organization, Organization test-user", "User test-user, Organization wrong",
                    "User wrong, Organization test-organization", "User test-user, Element wrong", "Element " + token,
                    "User wrong, Element " + token, "User test-user, Organization test-organization, Element wrong")) {
                assertThat(status(call, id, authorization)).as("%s as %s", call, authorization).isEqualTo(401);
            }
        }
    }

    @Test
    void opensOneInstanceWithItsToken() throws IOException {
        for (var call : guarded().stream().filter(each -> each.path().contains("/instances/{id}")).toList()) {
            assertThat(status(call, id, "User test-user, Element " + otherToken)).as(call.toString()).isEqualTo(403);
            assertThat(status(call, id, "User test-user, Organization test-organization, Element " + otherToken))
                    .as(call.toString()).isEqualTo(403);
        }
    }

    @Test
    void takesNothingThatMattersFromTheQueryOrFromOtherHeaders() throws IOException {
        var read = new Draft("GET", URI.create(service.base()).getPath() + "/instances/" + id);
        read.header("Host", "localhost");
        read.header("Connection", "close");
        read.query = "Authorization=User%20test-user,%20Organization%20test-organization&CamelHttpResponseCode=500&id=" + otherId
                + "&Elements-Request-Id=mine";

        assertThat(http.send(read.bytes()).status()).isEqualTo(401);
        read.header("Authorization", "User test-user, Element " + token);
        read.header("id", String.valueOf(otherId));
        read.header("CamelHttpResponseCode", "500");
        read.header("Elements-Request-Id", "mine");

        var answer = http.send(read.bytes());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"id\":" + id);
        assertThat(answer.headers().get("Elements-Request-Id")).hasSize(24);
    }

    /** Two calls, each with a name where the other has an id, and neither is meant. */
    @Test
    void doesNotStumbleOverAPathThatTwoCallsTake() throws IOException {
        var names = Offered.by(service).stream().map(Offered::path).flatMap(path -> List.of(path.split("/")).stream())
                .filter(part -> !part.isEmpty() && !part.startsWith("{")).distinct().toList();
        for (var name : names) {
            for (var call : guarded()) {
                assertThat(status(call, name, "User test-user, Organization test-organization"))
                        .as("%s with %s in place of an id", call, name).isLessThan(500);
            }
        }
    }
}
