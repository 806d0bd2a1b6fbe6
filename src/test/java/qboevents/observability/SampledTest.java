// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SampledTest {

    @Test
    void waitsOnceForAnAnswerHoweverManyLook() {
        var answer = new CompletableFuture<String>();
        var asker = Executors.newSingleThreadExecutor();
        try {
            var asked = new AtomicInteger();
            var sampled = new Sampled<>(() -> {
                asked.incrementAndGet();
                return answer.join();
            }, asker);
            long began = System.nanoTime();

            for (int look = 0; look < 8; look++) {
                assertThat(sampled.get()).isNull();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
            assertThat(asked).hasValue(1);
            answer.complete("late");
            await().until(() -> "late".equals(sampled.get()));
        } finally {
            answer.complete("over");
            asker.shutdown();
        }
    }

    @Test
    void doesNotKnowWhatCouldNotBeAsked() {
        var sampled = new Sampled<String>(() -> {
            throw new IllegalStateException("away");
        }, Runnable::run);

        assertThat(sampled.get()).isNull();
    }
}
