// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What takes a question to the database: asked at most every {@link #LIFETIME}, however many look, and never by those who
 * look, so that a scrape or a probe is answered also while the database is not.
 */
final class Sampled<T> {

    private static final Logger log = LoggerFactory.getLogger(Sampled.class);

    static final Duration LIFETIME = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<T> question;
    private final Executor asker;
    private final Duration lifetime;
    private @Nullable Asked<T> asked;

    Sampled(Supplier<T> question, Executor asker) {
        this(question, asker, LIFETIME);
    }

    Sampled(Supplier<T> question, Executor asker, Duration lifetime) {
        this.question = question;
        this.asker = asker;
        this.lifetime = lifetime;
    }

    /** @return null: it is not known */
    @Nullable T get() {
        var current = current();
        try {
            return current.answer().get(patience(current), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            log.debug("Not known", e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Of all who look together: a scrape asks for a dozen gauges, one after the other, and Prometheus waits 10 s for it. */
    private static long patience(Asked<?> asked) {
        return Math.max(0, PATIENCE.toNanos() - (System.nanoTime() - asked.at()));
    }

    private synchronized Asked<T> current() {
        long now = System.nanoTime();
        if (asked == null || asked.answer().isDone() && now - asked.at() > lifetime.toNanos()) {
            asked = new Asked<>(CompletableFuture.supplyAsync(question, asker), now);
        }
        return asked;
    }

    private record Asked<T>(CompletableFuture<T> answer, long at) {}
}
