// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Somebody's callback over real HTTP: keeps what it gets, checks signatures, answers 200 until told otherwise. */
public final class CallbackReceiver implements AutoCloseable {

    private record Script(Function<Received, Reply> reply, CountDownLatch replaced) {}

    private final Optional<Signatures> signatures;
    private final LocalServer server;
    private final String host;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final List<Received> kept = new ArrayList<>();
    private final List<ReceivedEvent> events = new ArrayList<>();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong forged = new AtomicLong();
    private int read;
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
        return count.get();
    }

    /** Requests whose signature was wrong. */
    public long forged() {
        return forged.get();
    }

    public List<Received> received() {
        lock.lock();
        try {
            return List.copyOf(kept);
        } finally {
            lock.unlock();
        }
    }

    /** All events of all requests, in the order of arrival. */
    public List<ReceivedEvent> events() {
        lock.lock();
        try {
            for (; read < kept.size(); read++) {
                events.addAll(kept.get(read).events());
            }
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    public void forget() {
        lock.lock();
        try {
            kept.clear();
            events.clear();
            read = 0;
            count.set(0);
            forged.set(0);
        } finally {
            lock.unlock();
        }
    }

    /** Looks again after every request; fails when the fact has not come true in time. */
    public void await(Duration atMost, Predicate<CallbackReceiver> fact) {
        lock.lock();
        try {
            var left = atMost.toNanos();
            while (!fact.test(this)) {
                if (left <= 0) {
                    throw new AssertionError("Not so within " + atMost + ", after " + count + " requests");
                }
                left = arrived.awaitNanos(left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted after " + count + " requests", stopped);
        } finally {
            lock.unlock();
        }
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
        keep(received);
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

    private void keep(Received received) {
        received.forgery().ifPresent(fault -> forged.incrementAndGet());
        lock.lock();
        try {
            count.incrementAndGet();
            if (keeping) {
                kept.add(received);
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Script honest() {
        return new Script(received -> Reply.ok(), new CountDownLatch(1));
    }
}
