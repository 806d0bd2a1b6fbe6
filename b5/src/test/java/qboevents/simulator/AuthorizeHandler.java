// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code GET /connect/oauth2}: a user who agrees at once, for the company chosen before. */
final class AuthorizeHandler implements HttpHandler {

    private final Connections connections;
    private final Supplier<String> chosenRealm;

    AuthorizeHandler(Connections connections, Supplier<String> chosenRealm) {
        this.connections = connections;
        this.chosenRealm = chosenRealm;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var query = Request.read(exchange).query();
        var redirectUri = query.getOrDefault("redirect_uri", "");
        if (redirectUri.isEmpty() || !query.containsKey("client_id")) {
            Response.of(400, "text/html", "<html><body>invalid_request</body></html>").send(exchange);
            return;
        }
        var code = connections.code(chosenRealm.get(), Optional.of(redirectUri));
        var target = redirectUri + (redirectUri.contains("?") ? "&" : "?") + "code=" + code
                + "&state=" + URLEncoder.encode(query.getOrDefault("state", ""), UTF_8)
                + "&realmId=" + chosenRealm.get();
        Response.of(302, "text/html", "").with("Location", target).send(exchange);
    }
}
