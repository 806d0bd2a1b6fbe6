// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The door for whoever runs the simulator as a process: {@code POST /simulator/{realm}/{entity}?count=5} creates,
 * {@code PUT /simulator/{realm}/{entity}/{id}} updates, and with {@code ?do=void}, {@code email}, {@code deactivate}
 * or {@code ?merge=3} does that, {@code DELETE} of the same deletes,
 * {@code PUT /simulator/webhooks?url=…&token=…} sets what {@link WebhookOptions} know, {@code PUT /simulator/cdc?cap=10}
 * what {@link CdcOptions} know, {@code PUT /simulator/meter?block-at=500000} the calls of a month that are answered,
 * {@code PUT /simulator/{realm}/books?lag-ms=5000} how much later a change is seen by queries, and
 * {@code ?keeping-losers=true} that a merge leaves an inactive record; {@code GET /simulator} tells what has happened
 * so far.
 */
final class ControlHandler implements HttpHandler {

    private final QuickBooksSimulator simulator;
    private final Optional<CallbackReceiver> receiver;
    private final WebhookOptions webhookOptions;
    private final CdcOptions cdcOptions;

    ControlHandler(QuickBooksSimulator simulator, Optional<CallbackReceiver> receiver) {
        this.simulator = simulator;
        this.receiver = receiver;
        this.webhookOptions = new WebhookOptions(simulator.webhooks());
        this.cdcOptions = new CdcOptions(simulator.cdc());
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
            case "PUT 3" -> keep(simulator.ledger(path.get(1)), request.query());
            case "PUT 2" -> set(path.get(1), request.query());
            default -> { }
        }
    }

    private void set(String what, Map<String, String> options) {
        switch (what) {
            case "webhooks" -> webhookOptions.apply(options);
            case "cdc" -> cdcOptions.apply(options);
            case "meter" -> simulator.meter().blockAt(Long.parseLong(options.getOrDefault("block-at", "")));
            default -> throw new IllegalArgumentException("Set webhooks, cdc or meter");
        }
    }

    private static void keep(Ledger books, Map<String, String> options) {
        if (options.containsKey("lag-ms")) {
            books.lagging(Duration.ofMillis(Long.parseLong(options.get("lag-ms"))));
        }
        if (options.containsKey("keeping-losers")) {
            books.keepingLosers(Boolean.parseBoolean(options.get("keeping-losers")));
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
                .put("cdcCalls", simulator.calls().count(Call.Kind.CDC))
                .put("meteredThisMonth", simulator.meter().count())
                .put("tokenCalls", simulator.calls().tokens())
                .put("webhookPosts", webhooks.posts())
                .put("webhooksAcknowledged", webhooks.acknowledged());
        var refused = body.putObject("webhooksRefused");
        webhooks.refused().forEach((status, times) -> refused.put(String.valueOf(status), times));
        receiver.ifPresent(each -> body.put("received", each.count()).put("forged", each.forged()));
        return Response.json(200, Json.bytes(body));
    }
}
