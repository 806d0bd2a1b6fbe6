// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /v3/company/{realm}/query}, {@code /v3/company/{realm}/cdc} and {@code /v3/company/{realm}/{entity}/{id}}. */
final class CompanyHandler implements HttpHandler {

    private final Clock clock;
    private final Gateway gateway;
    private final Connections connections;
    private final OAuth1 oauth1;
    private final Function<String, Ledger> ledgers;
    private final Cdc cdc;
    private final Hooks hooks;

    CompanyHandler(Clock clock, Gateway gateway, Connections connections, OAuth1 oauth1,
            Function<String, Ledger> ledgers, Cdc cdc, Hooks hooks) {
        this.clock = clock;
        this.gateway = gateway;
        this.connections = connections;
        this.oauth1 = oauth1;
        this.ledgers = ledgers;
        this.cdc = cdc;
        this.hooks = hooks;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("intuit_tid", "1-" + UUID.randomUUID());
        headers.set("QBO-Version", "2600.100");
        headers.set("Service-Time", "total=7, db=3");
        headers.set("Vary", "Accept-Encoding");
        answer(Request.read(exchange)).send(exchange);
    }

    private Answer answer(Request request) {
        var path = request.path();
        if (path.size() == 4 && path.get(3).equals("query")) {
            return query(request);
        }
        if (path.size() == 4 && path.get(3).equals("cdc") && request.method().equals("GET")) {
            return cdc(request);
        }
        if (path.size() == 5) {
            return read(request);
        }
        return Response.of(404, "text/html", "<html><body>Not found</body></html>");
    }

    private Answer query(Request request) {
        var realmId = request.path().get(2);
        var statement = request.method().equals("POST")
                ? request.body()
                : request.query().getOrDefault("query", "");
        try {
            var query = new QueryParser(statement, clock).query();
            var call = new Call(Call.Kind.QUERY, realmId, query.entity().name(), statement, clock.instant());
            return gateway.pass(call, () -> allowed(request, realmId, () -> page(realmId, statement, query)));
        } catch (QueryException refused) {
            var call = new Call(Call.Kind.QUERY, realmId, "", statement, clock.instant());
            return gateway.pass(call, () -> allowed(request, realmId, () -> problem(refused.problem())));
        }
    }

    private Answer cdc(Request request) {
        var realmId = request.path().get(2);
        var named = CdcRequest.names(request.query()).stream()
                .flatMap(name -> Entity.named(name).stream()).map(Entity::name).distinct().toList();
        var text = request.query().getOrDefault("changedSince", "");
        var call = new Call(Call.Kind.CDC, realmId, named, text, clock.instant());
        return gateway.pass(call, () -> allowed(request, realmId, () -> changes(realmId, named, request)));
    }

    private Answer read(Request request) {
        var realmId = request.path().get(2);
        var entity = Entity.named(request.path().get(3));
        var id = request.path().get(4);
        var name = entity.map(Entity::name).orElse("");
        var call = new Call(Call.Kind.READ, realmId, name, id, clock.instant());
        return gateway.pass(call, () -> allowed(request, realmId, () -> entity
                .flatMap(known -> ledgers.apply(realmId).find(known, id))
                .map(row -> QueryAnswer.single(name, row, clock.instant()))
                .orElseGet(() -> problem(Problem.notFound(name, id)))));
    }

    private Response allowed(Request request, String realmId, Supplier<Response> then) {
        if (request.credentials("OAuth").isPresent()) {
            return signed(request, realmId, then);
        }
        var token = request.credentials("Bearer");
        if (token.isEmpty()) {
            return problem(Problem.unauthenticated("Malformed bearer token: too short or too long"));
        }
        var opened = connections.realmOf(token.get());
        if (opened.isEmpty()) {
            return problem(Problem.unauthenticated("Token expired: the token has ended or was never given out"));
        }
        return opened.get().equals(realmId) ? then.get() : problem(Problem.unauthorized());
    }

    private Response signed(Request request, String realmId, Supplier<Response> then) {
        try {
            return oauth1.realmOf(request).equals(realmId) ? then.get() : problem(Problem.unauthorized());
        } catch (OAuth1Exception refused) {
            return problem(Problem.unauthenticated("oauth_problem=" + refused.getMessage()));
        }
    }

    /** Whoever waits for the page can change the books before the next one is asked for. */
    private Response page(String realmId, String statement, Query query) {
        var ledger = ledgers.apply(realmId);
        if (query.count()) {
            return QueryAnswer.total(ledger.count(query), clock.instant());
        }
        var rows = ledger.page(query);
        var response = QueryAnswer.page(query, rows, clock.instant());
        hooks.afterQuery(new ServedQuery(realmId, query.entity().name(), statement, rows.size()));
        return response;
    }

    private Response changes(String realmId, List<String> entities, Request request) {
        try {
            var wanted = CdcRequest.of(request.query(), clock.instant());
            var response = cdc.answer(wanted, ledgers.apply(realmId)).response(clock.instant());
            hooks.afterCdc(new ServedCdc(realmId, entities, wanted.since()));
            return response;
        } catch (QueryException refused) {
            return problem(refused.problem());
        }
    }

    private Response problem(Problem problem) {
        return problem.response(clock.instant());
    }
}
