// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Somebody's callback over real HTTP: keeps what it gets, checks signatures, answers 200 until told otherwise. */
public final class CallbackReceiver implements AutoCloseable {

    private record Script(Function<Received, Reply> reply, CountDownLatch replaced) {}

    private final Optional<Signatures> signatures;
    private final LocalServer server;
    private final String host;
    private final Inbox inbox = new Inbox();
    private volatile boolean keeping = true;
    private volatile Consumer<Received> hook = received -> {};
    private volatile Script script = honest();

    /** Checks no signature. */
    public CallbackReceiver() {
        this("127.0.0.1", 0, Optional.empty());
    }

    /** Answers 401 to what is not signed with the key. */
    public CallbackReceiver(String key) {
        this("127.0.0.1", 0, Optional.of(key));
    }

    public CallbackReceiver(String host, int port, Optional<String> key) {
        this.host = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        this.signatures = key.map(Signatures::new);
        this.server = new LocalServer(host, port).on("/", this::handle).start();
    }

    public int port() {
        return server.port();
    }

    /** Any path is taken; this one is as good as another. */
    public String url() {
        return "http://" + host + ":" + port() + "/callback";
    }

    /** Counts and calls the hook, keeps nothing: for long runs. */
    public CallbackReceiver keepingNothing() {
        keeping = false;
        return this;
    }

    /** Called for every request before it is answered, from many threads. */
    public CallbackReceiver onReceived(Consumer<Received> newHook) {
        hook = newHook;
        return this;
    }

    /** Until the next word. */
    public void answer(Reply reply) {
        answer(received -> reply);
    }

    /** The next so many requests, then 200 again. */
    public void answer(Reply reply, int times) {
        var left = new AtomicInteger(times);
        answer(received -> left.getAndDecrement() > 0 ? reply : Reply.ok());
    }

    /** Decided for each request. What hangs is let go. */
    public void answer(Function<Received, Reply> reply) {
        var before = script;
        script = new Script(reply, new CountDownLatch(1));
        before.replaced().countDown();
    }

    /** 200 again. */
    public void answerOk() {
        answer(Reply.ok());
    }

    /** Every request so far, also those that were not answered with 200. */
    public long count() {
        return inbox.count();
    }

    /** Requests whose signature was wrong. */
    public long forged() {
        return inbox.forged();
    }

    public List<Received> received() {
        return inbox.received();
    }

    /** All events of all requests, in the order of arrival. */
    public List<ReceivedEvent> events() {
        return inbox.events();
    }

    public void forget() {
        inbox.clear();
    }

    /** Looks again after every request; fails when the fact has not come true in time. */
    public void await(Duration atMost, Predicate<CallbackReceiver> fact) {
        inbox.await(atMost, () -> fact.test(this));
    }

    /** Waits for this many events in all. */
    public List<ReceivedEvent> awaitEvents(int number, Duration atMost) {
        await(atMost, receiver -> receiver.events().size() >= number);
        return events();
    }

    @Override
    public void close() {
        script.replaced().countDown();
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var received = read(exchange);
        inbox.add(received, keeping);
        hook.accept(received);
        var current = script;
        var reply = received.forgery().isPresent() ? Reply.status(401) : current.reply().apply(received);
        reply.answer(current.replaced()).send(exchange);
    }

    private Received read(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var headers = headers(exchange);
        var forgery = signatures.flatMap(check -> check.fault(headers, body));
        return new Received(Instant.now(), exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                headers, body, forgery);
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }

    private static Script honest() {
        return new Script(received -> Reply.ok(), new CountDownLatch(1));
    }
}
