// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The door for whoever runs the simulator as a process: {@code POST /simulator/{realm}/{entity}?count=5} creates,
 * {@code PUT /simulator/{realm}/{entity}/{id}} updates, and with {@code ?do=void}, {@code email}, {@code deactivate}
 * or {@code ?merge=3} does that, {@code DELETE} of the same deletes,
 * {@code PUT /simulator/webhooks?url=…&token=…} sets what {@link WebhookOptions} know, {@code GET /simulator} tells what
 * has happened so far.
 */
final class ControlHandler implements HttpHandler {

    private final QuickBooksSimulator simulator;
    private final Optional<CallbackReceiver> receiver;
    private final WebhookOptions webhookOptions;

    ControlHandler(QuickBooksSimulator simulator, Optional<CallbackReceiver> receiver) {
        this.simulator = simulator;
        this.receiver = receiver;
        this.webhookOptions = new WebhookOptions(simulator.webhooks());
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        answer(Request.read(exchange)).send(exchange);
    }

    private Response answer(Request request) {
        try {
            act(request);
            return status();
        } catch (IllegalArgumentException impossible) {
            return Response.of(400, "text/plain", impossible.getMessage() + "\n");
        }
    }

    private void act(Request request) {
        var path = request.path();
        switch (request.method() + " " + path.size()) {
            case "POST 3" -> simulator.ledger(path.get(1))
                    .create(path.get(2), Integer.parseInt(request.query().getOrDefault("count", "1")));
            case "PUT 4" -> change(simulator.ledger(path.get(1)), path.get(2), path.get(3), request.query());
            case "DELETE 4" -> simulator.ledger(path.get(1)).delete(path.get(2), path.get(3));
            case "PUT 2" -> webhookOptions.apply(request.query());
            default -> { }
        }
    }

    private static Change change(Ledger ledger, String entity, String id, Map<String, String> query) {
        if (query.containsKey("merge")) {
            return ledger.merge(entity, id, query.get("merge"));
        }
        return switch (query.getOrDefault("do", "update")) {
            case "update" -> ledger.update(entity, id);
            case "void" -> ledger.voidIt(entity, id);
            case "email" -> ledger.email(entity, id);
            case "deactivate" -> ledger.deactivate(entity, id);
            default -> throw new IllegalArgumentException("Do update, void, email or deactivate");
        };
    }

    private Response status() {
        var webhooks = simulator.webhooks();
        var body = Json.object()
                .put("apiCalls", simulator.calls().api())
                .put("tokenCalls", simulator.calls().tokens())
                .put("webhookPosts", webhooks.posts())
                .put("webhooksAcknowledged", webhooks.acknowledged());
        var refused = body.putObject("webhooksRefused");
        webhooks.refused().forEach((status, times) -> refused.put(String.valueOf(status), times));
        receiver.ifPresent(each -> body.put("received", each.count()).put("forged", each.forged()));
        return Response.json(200, Json.bytes(body));
    }
}
