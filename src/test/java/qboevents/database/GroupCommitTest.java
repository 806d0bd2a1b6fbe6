// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;

class GroupCommitTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void writesTogetherWhatComesWhileAWriteIsUnderWay() throws Exception {
        var batches = new ConcurrentLinkedQueue<List<Integer>>();
        var first = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var commit = new GroupCommit<Integer, Integer>("test", 100, LONG, batch -> {
            batches.add(batch);
            first.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return batch;
        });
        var threads = Executors.newCachedThreadPool();
        var handedIn = new AtomicInteger();

        threads.submit(() -> commit.submit(0));
        first.await();
        var rest = IntStream.rangeClosed(1, 20).mapToObj(i -> threads.submit(() -> {
            handedIn.incrementAndGet();
            commit.submit(i);
        })).toList();
        while (handedIn.get() < 20) {
            Thread.onSpinWait();
        }
        release.countDown();
        for (var one : rest) {
            one.get();
        }
        threads.shutdown();

        assertThat(batches.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(0, 20).boxed().toList());
        assertThat(batches).hasSizeLessThan(15);
    }

    @Test
    void tellsEverybodyOfABatchThatItFailedAndGoesOn() {
        var broken = new AtomicInteger(1);
        var commit = new GroupCommit<String, String>("test", 10, LONG, batch -> {
            if (broken.getAndDecrement() > 0) {
                throw new IllegalStateException("no disk");
            }
            return batch;
        });

        assertThatThrownBy(() -> commit.submit("a")).hasMessage("no disk");
        commit.submit("b");
    }

    @Test
    void doesTheRestWhenOneOfABatchMayNotBeWritten() throws Exception {
        var release = new CountDownLatch(1);
        try (var commit = new GroupCommit<String, String>("test", 10, LONG, batch -> {
            if (batch.contains("first")) {
                awaitQuietly(release);
            }
            if (batch.contains("bad")) {
                throw new DataIntegrityViolationException("a NUL");
            }
            return batch;
        })) {
            var threads = Executors.newCachedThreadPool();
            threads.submit(() -> commit.submit("first"));
            var good = threads.submit(() -> commit.submit("good"));
            var bad = threads.submit(() -> commit.submit("bad"));
            release.countDown();

            assertThat(good.get()).isEqualTo("good");
            assertThatThrownBy(bad::get).hasMessageContaining("a NUL");
            threads.shutdown();
        }
    }

    @Test
    void tellsWhoWaitsTooLongThatTheDatabaseDoesNotAnswer() {
        var release = new CountDownLatch(1);
        try (var commit = new GroupCommit<String, String>("test", 10, Duration.ofMillis(50), batch -> {
            awaitQuietly(release);
            return batch;
        })) {
            assertThatThrownBy(() -> commit.submit("a")).isInstanceOf(TransientDataAccessResourceException.class);
        } finally {
            release.countDown();
        }
    }

    @Test
    void keepsNobodyElseWaitingMeanwhile() {
        var release = new CountDownLatch(1);
        try (var commit = new GroupCommit<String, String>("test", 10, Duration.ofMillis(500), batch -> {
            awaitQuietly(release);
            return batch;
        })) {
            assertThatThrownBy(() -> commit.submit("a")).hasMessageContaining("did not answer within");
            assertThatThrownBy(() -> commit.submit("a")); // whose thread began a little later may be waited for once more
            long begun = System.nanoTime();

            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> commit.submit("b")).hasMessageContaining("has not answered for more than");
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            release.countDown();
            await().atMost(LONG).ignoreExceptions().until(() -> commit.submit("c").equals("c"));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
