// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Optional;

/**
 * The door for whoever runs the simulator as a process: {@code POST /simulator/{realm}/{entity}?count=5} creates,
 * {@code PUT /simulator/{realm}/{entity}/{id}} updates, {@code GET /simulator} tells what has happened so far.
 */
final class ControlHandler implements HttpHandler {

    private final QuickBooksSimulator simulator;
    private final Optional<CallbackReceiver> receiver;

    ControlHandler(QuickBooksSimulator simulator, Optional<CallbackReceiver> receiver) {
        this.simulator = simulator;
        this.receiver = receiver;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        answer(Request.read(exchange)).send(exchange);
    }

    private Response answer(Request request) {
        var path = request.path();
        return switch (request.method() + " " + path.size()) {
            case "POST 3" -> created(simulator.ledger(path.get(1)), path.get(2),
                    Integer.parseInt(request.query().getOrDefault("count", "1")));
            case "PUT 4" -> {
                simulator.ledger(path.get(1)).update(path.get(2), path.get(3));
                yield status();
            }
            default -> status();
        };
    }

    private Response created(Ledger ledger, String entity, int number) {
        ledger.create(entity, number);
        return status();
    }

    private Response status() {
        var body = Json.object()
                .put("apiCalls", simulator.calls().api())
                .put("tokenCalls", simulator.calls().tokens());
        receiver.ifPresent(each -> body.put("received", each.count()).put("forged", each.forged()));
        return Response.json(200, Json.bytes(body));
    }
}
