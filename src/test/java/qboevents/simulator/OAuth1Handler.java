// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;

/** {@code /oauth/v1/get_request_token}, {@code /Connect/Begin} and {@code /oauth/v1/get_access_token}. */
final class OAuth1Handler implements HttpHandler {

    private final Clock clock;
    private final Gateway gateway;
    private final OAuth1 oauth1;

    OAuth1Handler(Clock clock, Gateway gateway, OAuth1 oauth1) {
        this.clock = clock;
        this.gateway = gateway;
        this.oauth1 = oauth1;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var request = Request.read(exchange);
        var path = request.path();
        answer(path.get(path.size() - 1), request).send(exchange);
    }

    private Answer answer(String what, Request request) {
        return switch (what) {
            case "get_request_token" -> pass(what, () ->
                    given(oauth1.requestToken(request).form() + "&oauth_callback_confirmed=true"));
            case "get_access_token" -> pass(what, () -> given(oauth1.accessToken(request).form()));
            default -> honest(() -> Response.of(302, "text/html", "")
                    .with("Location", oauth1.agree(request.query().getOrDefault("oauth_token", ""))));
        };
    }

    private Answer pass(String what, Supplier<Response> real) {
        return gateway.pass(new Call(Call.Kind.TOKEN, "", "", what, clock.instant()), () -> honest(real));
    }

    private static Response honest(Supplier<Response> real) {
        try {
            return real.get();
        } catch (OAuth1Exception refused) {
            return refused.response();
        }
    }

    private static Response given(String form) {
        return Response.of(200, "text/plain", form);
    }
}
