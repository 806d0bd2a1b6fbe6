// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    @Test
    void writesTogetherWhatComesWhileAWriteIsUnderWay() throws Exception {
        var batches = new ConcurrentLinkedQueue<List<Integer>>();
        var first = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var commit = new GroupCommit<Integer>(100, batch -> {
            batches.add(batch);
            first.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
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
        var commit = new GroupCommit<String>(10, batch -> {
            if (broken.getAndDecrement() > 0) {
                throw new IllegalStateException("no disk");
            }
        });

        assertThatThrownBy(() -> commit.submit("a")).hasMessage("no disk");
        commit.submit("b");
    }
}
