// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code POST /oauth2/v1/tokens/bearer} and {@code POST /v2/oauth2/tokens/revoke}. */
final class TokenHandler implements HttpHandler {

    private final Clock clock;
    private final Gateway gateway;
    private final Connections connections;
    private final Optional<String> onlyClient;

    /** @param onlyClient {@code id:secret}; without it the first client that exchanges a code is that code's client */
    TokenHandler(Clock clock, Gateway gateway, Connections connections, Optional<String> onlyClient) {
        this.clock = clock;
        this.gateway = gateway;
        this.connections = connections;
        this.onlyClient = onlyClient;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("intuit_tid", "1-" + UUID.randomUUID());
        var request = Request.read(exchange);
        var revokes = request.path().contains("revoke");
        (revokes ? revoke(request) : token(request)).send(exchange);
    }

    private Answer token(Request request) {
        var form = request.form();
        var grant = form.getOrDefault("grant_type", "");
        var realmId = connections.realmBehind(form.getOrDefault("code", form.getOrDefault("refresh_token", "")));
        var call = new Call(Call.Kind.TOKEN, realmId, "", grant, clock.instant());
        return gateway.pass(call, () -> granted(request, form, grant));
    }

    private Response granted(Request request, Map<String, String> form, String grant) {
        try {
            var client = client(request);
            var pair = switch (grant) {
                case "authorization_code" -> connections.exchange(
                        client, required(form, "code"), required(form, "redirect_uri"));
                case "refresh_token" -> connections.refresh(client, required(form, "refresh_token"));
                default -> throw OAuthException.unsupportedGrantType();
            };
            var wantsEnd = request.header("x-include-refresh-token-hard-expires-in").orElse("").equals("true");
            return pair.response(wantsEnd);
        } catch (OAuthException refused) {
            return refused.response();
        }
    }

    private Answer revoke(Request request) {
        var token = revokedToken(request);
        var call = new Call(Call.Kind.REVOKE, connections.realmBehind(token), "", "", clock.instant());
        return gateway.pass(call, () -> {
            try {
                client(request);
                return Response.of(connections.revoke(token) ? 200 : 400, Response.JSON, "");
            } catch (OAuthException refused) {
                return refused.response();
            }
        });
    }

    /** SDKs send a form or JSON; both are taken. */
    private static String revokedToken(Request request) {
        return request.body().startsWith("{")
                ? Json.read(request.body().getBytes(UTF_8)).path("token").asText()
                : request.form().getOrDefault("token", "");
    }

    private String client(Request request) {
        return request.credentials("Basic")
                .filter(encoded -> encoded.matches("[A-Za-z0-9+/]+=*"))
                .map(encoded -> new String(Base64.getMimeDecoder().decode(encoded), UTF_8))
                .filter(pair -> pair.matches("(?s)[^:]+:.+"))
                .filter(pair -> onlyClient.map(pair::equals).orElse(true))
                .orElseThrow(OAuthException::invalidClient);
    }

    private static String required(Map<String, String> form, String name) {
        return Optional.ofNullable(form.get(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(OAuthException::invalidRequest);
    }
}
