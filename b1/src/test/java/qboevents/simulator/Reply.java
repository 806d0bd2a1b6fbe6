// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What a callback answers: {@code Reply.status(503).withRetryAfter("120")}. */
public final class Reply {

    private final Response response;
    private final Function<CountDownLatch, Answer> answer;

    private Reply(Response response, Function<CountDownLatch, Answer> answer) {
        this.response = response;
        this.answer = answer;
    }

    public static Reply ok() {
        return status(200);
    }

    public static Reply status(int status) {
        return of(Response.of(status, "text/plain", ""));
    }

    public static Reply redirect(int status, String location) {
        return status(status).with("Location", location);
    }

    /** Taken in full, and then no answer but the end of the connection. */
    public static Reply cut() {
        return new Reply(ok().response, cleared -> Answer.CUT);
    }

    /** No answer until the receiver is told otherwise or closed. */
    public static Reply hang() {
        return new Reply(ok().response, cleared -> exchange -> {
            await(cleared, Duration.ofDays(1));
            Answer.CUT.send(exchange);
        });
    }

    /** 200 at once, then this many bytes with a pause before each: an answer that is never quite there. */
    public static Reply trickle(int bytes, Duration pause) {
        return new Reply(ok().response, cleared -> exchange -> {
            exchange.sendResponseHeaders(200, bytes);
            for (var i = 0; i < bytes; i++) {
                await(cleared, pause);
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
            }
            exchange.close();
        });
    }

    public Reply with(String header, String value) {
        return of(response.with(header, value));
    }

    public Reply withRetryAfter(String value) {
        return with("Retry-After", value);
    }

    public Reply withBody(String contentType, String body) {
        return of(Response.of(response.status(), contentType, body));
    }

    /** The same, later by this much real time. */
    public Reply after(Duration delay) {
        return new Reply(response, cleared -> exchange -> {
            await(cleared, delay);
            answer.apply(cleared).send(exchange);
        });
    }

    Answer answer(CountDownLatch cleared) {
        return answer.apply(cleared);
    }

    private static Reply of(Response response) {
        return new Reply(response, cleared -> response);
    }

    private static void await(CountDownLatch cleared, Duration longest) throws IOException {
        try {
            cleared.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
