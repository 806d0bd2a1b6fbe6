// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;

class WriteBehindTest {

    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
    private final List<Integer> lost = new CopyOnWriteArrayList<>();

    @Test
    void writesTogetherWhatComesWhileAWriteIsUnderWayAndAllOfItBeforeItEnds() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var written = new WriteBehind<Integer>("test", 2, 100, Duration.ZERO, Duration.ofSeconds(20), batch -> {
            begun.countDown();
            awaitQuietly(release);
            batches.add(batch);
        }, lost::addAll)) {
            written.add(1);
            begun.await();
            List.of(2, 3, 4).forEach(written::add);
            release.countDown();
        }
        assertThat(batches).containsExactly(List.of(1), List.of(2, 3), List.of(4));
    }

    @Test
    void triesAgainWhileTheDatabaseIsAway() {
        var away = new AtomicInteger(2);
        try (var written = new WriteBehind<Integer>("test", 10, 100, Duration.ofMillis(10), Duration.ofSeconds(20), batch -> {
            if (away.getAndDecrement() > 0) {
                throw new TransientDataAccessResourceException("away");
            }
            batches.add(batch);
        }, lost::addAll)) {
            written.add(1);
            await().atMost(Duration.ofSeconds(20)).until(() -> !batches.isEmpty());
        }
        assertThat(batches).containsExactly(List.of(1));
    }

    @Test
    void leavesOutWhatTheDatabaseRefusesAndTellsOfIt() {
        try (var written = new WriteBehind<Integer>("test", 10, 100, Duration.ofMillis(200), Duration.ofDays(1), batch -> {
            if (batch.contains(2)) {
                throw new DataIntegrityViolationException("refused");
            }
            batches.add(batch);
        }, lost::addAll)) {
            List.of(1, 2, 3).forEach(written::add);
            await().atMost(Duration.ofSeconds(20)).until(() -> batches.contains(List.of(3)));
        }
        assertThat(batches).containsExactly(List.of(1), List.of(3));
        assertThat(lost).containsExactly(2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
