// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

    private static final String REALM = "42";
    private static final String ALL = "SELECT * FROM Invoice";
    private static final String APP = "id:secret";

    private final MovableClock clock = MovableClock.at(Instant.parse("2026-03-16T03:07:36Z"));
    private final QuickBooksSimulator simulator = new QuickBooksSimulator(clock);
    private final Client client = new Client(simulator, REALM);

    @BeforeEach
    void fill() {
        simulator.limits().observeOnly();
        simulator.ledger(REALM).create("Invoice", 20);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void failsAsOftenAsCommandedAndThenIsGoodAgain() throws Exception {
        var fault = simulator.fail(Fault.unauthorized().times(2));

        assertThat(client.query(ALL).statusCode()).isEqualTo(401);
        assertThat(client.query(ALL).statusCode()).isEqualTo(401);
        assertThat(client.query(ALL).statusCode()).isEqualTo(200);
        assertThat(fault.hits()).isEqualTo(2);
    }

    @Test
    void failsUntilItIsCleared() throws Exception {
        var fault = simulator.fail(Fault.forbidden());
        assertThat(client.query(ALL).statusCode()).isEqualTo(403);

        fault.clear();

        assertThat(client.query(ALL).statusCode()).isEqualTo(200);
    }

    @Test
    void failsOnlyWhereItIsTold() throws Exception {
        simulator.fail(Fault.status(503).forRealm(REALM).forEntity("Bill"));

        assertThat(client.query(ALL).statusCode()).isEqualTo(200);
        assertThat(client.query("SELECT * FROM Bill").statusCode()).isEqualTo(503);
        assertThat(new Client(simulator, "43").query("SELECT * FROM Bill").statusCode()).isEqualTo(200);
    }

    @Test
    void throttlesInJsonOrXmlWithOrWithoutATime() throws Exception {
        simulator.fail(Fault.throttled().once());
        simulator.fail(Fault.throttled().inXml().withRetryAfter("30").once());

        var json = client.query(ALL);
        var xml = client.query(ALL);

        assertThat(json.statusCode()).isEqualTo(429);
        assertThat(json.headers().firstValue("Retry-After")).isEmpty();
        assertThat(Client.json(json).at("/Fault/Error/0/code").asText()).isEqualTo("3001");
        assertThat(xml.statusCode()).isEqualTo(429);
        assertThat(xml.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(xml.body()).startsWith("<?xml").contains("<Error code=\"3001\">");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void isDownInThreeLanguages(int status) throws Exception {
        simulator.fail(Fault.status(status).once());
        simulator.fail(Fault.status(status).inHtml().once());
        simulator.fail(Fault.status(status).inXml().once());

        assertThat(client.query(ALL)).satisfies(is(status, "{\"Fault\""));
        assertThat(client.query(ALL)).satisfies(is(status, "<html>"));
        assertThat(client.query(ALL)).satisfies(is(status, "<?xml"));
    }

    @Test
    void isDownWithAStatusOf200() throws Exception {
        simulator.fail(Fault.faultInOk().once());
        simulator.fail(Fault.htmlInOk().once());

        assertThat(client.query(ALL)).satisfies(is(200, "{\"Fault\""));
        assertThat(client.query(ALL)).satisfies(is(200, "<html>"));
    }

    @Test
    void cutsTheBodyInItsMiddle() {
        simulator.fail(Fault.halfBody().once());
        simulator.fail(Fault.cutChunks().once());

        assertThatThrownBy(() -> client.query(ALL)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.query(ALL)).isInstanceOf(IOException.class);
    }

    @Test
    void endsTheConnectionBeforeAnyAnswer() {
        // The JDK's client repeats a GET once by itself.
        simulator.fail(Fault.reset());

        assertThatThrownBy(() -> client.query(ALL)).isInstanceOf(IOException.class);
    }

    @Test
    void sendsMoreThanAnybodyShouldHold() throws Exception {
        simulator.fail(Fault.hugeBody(3_000_000).once());

        var response = client.query(ALL);

        assertThat(response.body()).hasSizeGreaterThan(3_000_000);
        var answer = Client.json(response).path("QueryResponse");
        assertThat(answer.path("maxResults").asInt()).isGreaterThan(1000).isEqualTo(answer.path("Invoice").size());
    }

    @Test
    void hangsUntilItIsCleared() throws Exception {
        var fault = simulator.fail(Fault.hang());
        var request = client.api("/query?query=SELECT+*+FROM+Invoice").timeout(Duration.ofMillis(200));
        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);

        fault.clear();

        assertThat(client.query(ALL).statusCode()).isEqualTo(200);
    }

    @Test
    void isSlowButHonest() throws Exception {
        simulator.fail(Fault.slow(Duration.ofMillis(150)).once());
        var before = System.nanoTime();

        assertThat(client.query(ALL).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(140));
    }

    @Test
    void forgetsTheTime() throws Exception {
        simulator.fail(Fault.withoutTime().once());

        var response = Client.json(client.query(ALL));

        assertThat(response.has("time")).isFalse();
        assertThat(response.at("/QueryResponse/maxResults").asInt()).isEqualTo(20);
    }

    @Test
    void failsEveryPageThatWouldShowThePoisonedRecord() throws Exception {
        simulator.fail(Fault.poisoned("Invoice", "7"));

        assertThat(client.query(ALL).statusCode()).isEqualTo(500);
        assertThat(client.query("SELECT * FROM Invoice MAXRESULTS 5").statusCode()).isEqualTo(200);
    }

    @Test
    void keepsItsCompanyWhenItMovesToTheTokenEndpoint() throws Exception {
        var form = connected();
        simulator.fail(Fault.status(500).forRealm("43").onTokenEndpoint());
        assertThat(client.token(APP, form).statusCode()).isEqualTo(200);

        simulator.fail(Fault.status(500).forRealm(REALM).onTokenEndpoint());
        assertThat(client.token(APP, form).statusCode()).isEqualTo(500);
        assertThat(client.query(ALL).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAGoodRefreshTokenAndLeavesItGood() throws Exception {
        var form = connected();
        simulator.fail(Fault.invalidGrant().once());
        simulator.fail(Fault.status(500).onTokenEndpoint().once());

        assertThat(client.token(APP, form)).satisfies(is(400, "{\"error\":\"invalid_grant\"}"));
        assertThat(client.token(APP, form).statusCode()).isEqualTo(500);
        assertThat(client.token(APP, form).statusCode()).isEqualTo(200);
    }

    @Test
    void losesTheAnswerOfARefreshThatWasDone() throws Exception {
        simulator.rotatingAlways();
        var form = connected();
        simulator.fail(Fault.lostAnswer().onTokenEndpoint().once());

        assertThatThrownBy(() -> client.token(APP, form)).isInstanceOf(IOException.class);

        assertThat(simulator.currentRefreshToken(REALM)).isPresent().get().isNotEqualTo(form.get("refresh_token"));
        assertThat(client.token(APP, form).statusCode()).isEqualTo(400);
    }

    private Map<String, String> connected() throws Exception {
        var pair = Client.json(client.token(APP, Map.of("grant_type", "authorization_code",
                "code", simulator.authorize(REALM), "redirect_uri", "http://anywhere.example/")));
        return Map.of("grant_type", "refresh_token", "refresh_token", pair.path("refresh_token").asText());
    }

    private static ThrowingConsumer<HttpResponse<String>> is(int status, String start) {
        return response -> {
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).startsWith(start);
        };
    }
}
