// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OAuthTest {

    private static final String REALM = "42";
    private static final String APP = "id:secret";

    private final MovableClock clock = MovableClock.at(Instant.parse("2026-03-16T03:07:36Z"));
    private final QuickBooksSimulator simulator = new QuickBooksSimulator(clock);
    private final Client client = new Client(simulator, REALM);

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void exchangesACodeForAPairThatOpensItsCompany() throws Exception {
        var pair = connect();

        assertThat(pair.path("token_type").asText()).isEqualTo("bearer");
        assertThat(pair.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(pair.path("x_refresh_token_expires_in").asInt()).isEqualTo(8_726_400);
        assertThat(pair.has("x_refresh_token_hard_expires_in")).isFalse();
        assertThat(statusWith(pair)).isEqualTo(200);
        assertThat(simulator.currentRefreshToken(REALM)).hasValue(pair.path("refresh_token").asText());
    }

    @Test
    void endsTheConnectionWhenACodeIsUsedTwice() throws Exception {
        var code = simulator.authorize(REALM);
        var pair = Client.json(exchange(code));

        var second = exchange(code);

        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body()).isEqualTo("{\"error\":\"invalid_grant\"}");
        assertThat(statusWith(pair)).isEqualTo(401);
        assertThat(refresh(pair).statusCode()).isEqualTo(400);
    }

    @Test
    void keepsTheRefreshTokenForADayAndThenReplacesIt() throws Exception {
        var first = connect();

        clock.advance(Duration.ofHours(23));
        var sameDay = Client.json(refresh(first));
        clock.advance(Duration.ofHours(1));
        var nextDay = Client.json(refresh(sameDay));

        assertThat(sameDay.path("refresh_token")).isEqualTo(first.path("refresh_token"));
        assertThat(sameDay.path("access_token")).isNotEqualTo(first.path("access_token"));
        assertThat(nextDay.path("refresh_token")).isNotEqualTo(first.path("refresh_token"));
    }

    @Test
    void takesTheUserOfAReplacedRefreshTokenForAThief() throws Exception {
        simulator.rotatingAlways();
        var first = connect();
        var winner = Client.json(refresh(first));

        assertThat(refresh(first).body()).isEqualTo("{\"error\":\"invalid_grant\"}");
        assertThat(refresh(winner).statusCode()).isEqualTo(400);
        assertThat(statusWith(winner)).isEqualTo(401);
    }

    @Test
    void forgivesTheUserOfAReplacedRefreshTokenWhenToldTo() throws Exception {
        simulator.rotatingAlways().forgivingReuse();
        var first = connect();
        var winner = Client.json(refresh(first));

        assertThat(refresh(first).statusCode()).isEqualTo(400);
        assertThat(refresh(winner).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAnAccessTokenAfterAnHourInTheGatewaysWords() throws Exception {
        var pair = connect();

        clock.advance(Duration.ofHours(1));
        var response = client.withToken(pair.path("access_token").asText()).query("SELECT * FROM Invoice");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("www-authenticate"))
                .hasValue("Bearer realm=\"Intuit\", error=\"invalid_token\"");
        assertThat(Client.json(response).at("/fault/error/0/code").asText()).isEqualTo("3200");
        assertThat(Client.json(response).at("/fault/type").asText()).isEqualTo("AUTHENTICATION");
    }

    @Test
    void opensNoOtherCompany() throws Exception {
        var response = client.withToken(simulator.accessToken("43")).query("SELECT * FROM Invoice");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("\"code\":\"3100\"");
    }

    @Test
    void endsAChainThatIsNotUsedForAHundredAndOneDays() throws Exception {
        var pair = connect();

        clock.advance(Duration.ofDays(101).plusSeconds(1));

        assertThat(refresh(pair).statusCode()).isEqualTo(400);
    }

    @Test
    void endsAChainAfterFiveYearsAndTellsSoWhenAsked() throws Exception {
        var pair = connect();
        for (var used = Duration.ZERO; used.compareTo(Duration.ofDays(1800)) < 0; used = used.plusDays(100)) {
            clock.advance(Duration.ofDays(100));
            pair = Client.json(refresh(pair));
        }

        var request = client.tokenRequest(APP, refreshForm(pair))
                .header("x-include-refresh-token-hard-expires-in", "true");
        var last = Client.json(client.send(request, BodyHandlers.ofString()));
        clock.advance(Duration.ofDays(26));

        assertThat(last.path("x_refresh_token_hard_expires_in").asLong()).isEqualTo(Duration.ofDays(25).toSeconds());
        assertThat(refresh(last).statusCode()).isEqualTo(400);
    }

    @Test
    void knowsItsClientsAndItsGrants() throws Exception {
        var pair = connect();

        assertThat(client.token("id:other", refreshForm(pair)).statusCode()).isEqualTo(401);
        assertThat(client.token("id:other", refreshForm(pair)).body()).isEqualTo("{\"error\":\"invalid_client\"}");
        assertThat(client.token("nobody", refreshForm(pair)).statusCode()).isEqualTo(401);
        assertThat(client.token(APP, Map.of("grant_type", "password")).body())
                .isEqualTo("{\"error\":\"unsupported_grant_type\"}");
        assertThat(client.token(APP, Map.of("grant_type", "refresh_token")).body())
                .isEqualTo("{\"error\":\"invalid_request\"}");
        assertThat(refresh(pair).statusCode()).isEqualTo(200);
    }

    @Test
    void takesOnlyTheClientItIsTold() throws Exception {
        try (var strict = new QuickBooksSimulator(clock, "127.0.0.1", 0, Optional.of("id:right"))) {
            var caller = new Client(strict, REALM);
            var form = Map.of("grant_type", "authorization_code", "code", strict.authorize(REALM),
                    "redirect_uri", "http://anywhere.example/");

            assertThat(caller.token("id:wrong", form).statusCode()).isEqualTo(401);
            assertThat(caller.token("id:right", form).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void revokes() throws Exception {
        var pair = connect();
        var revocation = client.post(simulator.revokeUrl(), APP, Map.of("token", pair.path("refresh_token").asText()));

        assertThat(client.send(revocation, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(statusWith(pair)).isEqualTo(401);
        assertThat(client.send(revocation, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
    }

    @Test
    void letsAUserDisconnect() throws Exception {
        var pair = connect();

        simulator.disconnect(REALM);

        assertThat(statusWith(pair)).isEqualTo(401);
        assertThat(refresh(pair).statusCode()).isEqualTo(400);
    }

    @Test
    void sendsTheUserBackWithACodeForTheChosenCompanyAndThatAddress() throws Exception {
        simulator.choosing("77");
        var request = HttpRequest.newBuilder(URI.create(simulator.authorizeUrl()
                + "?client_id=id&response_type=code&state=a%20b&redirect_uri=http://app.example/back"));

        var response = client.send(request, BodyHandlers.discarding());

        assertThat(response.statusCode()).isEqualTo(302);
        var location = response.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith("http://app.example/back?code=").endsWith("&state=a+b&realmId=77");
        var code = location.replaceFirst(".*code=([^&]+).*", "$1");
        assertThat(exchange(code).statusCode()).isEqualTo(400);
        assertThat(exchange(code, "http://app.example/back").statusCode()).isEqualTo(200);
    }

    private JsonNode connect() throws Exception {
        return Client.json(exchange(simulator.authorize(REALM)));
    }

    private HttpResponse<String> exchange(String code) throws Exception {
        return exchange(code, "http://anywhere.example/");
    }

    private HttpResponse<String> exchange(String code, String redirectUri) throws Exception {
        return client.token(APP, Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", redirectUri));
    }

    private HttpResponse<String> refresh(JsonNode pair) throws Exception {
        return client.token(APP, refreshForm(pair));
    }

    private static Map<String, String> refreshForm(JsonNode pair) {
        return Map.of("grant_type", "refresh_token", "refresh_token", pair.path("refresh_token").asText());
    }

    private int statusWith(JsonNode pair) throws Exception {
        return client.withToken(pair.path("access_token").asText()).query("SELECT * FROM Invoice").statusCode();
    }
}
