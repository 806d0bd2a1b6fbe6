// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what many threads hand in at the same time in one transaction. Whoever comes first writes for all who came while
 * the one before was writing; everybody returns when his item is on disk, or gets the failure of the batch it was in.
 */
public final class GroupCommit<T> {

    private final int most;
    private final Consumer<List<T>> write;
    private final Queue<Item<T>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    /**
     * @param most items in one transaction
     * @param write commits, or throws and has written nothing
     */
    public GroupCommit(int most, Consumer<List<T>> write) {
        this.most = most;
        this.write = write;
    }

    public void submit(T value) {
        var mine = new Item<>(value);
        waiting.add(mine);
        while (!mine.done) {
            writing.lock();
            try {
                if (!mine.done) {
                    writeWaiting();
                }
            } finally {
                writing.unlock();
            }
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
    }

    private void writeWaiting() {
        var batch = new ArrayList<Item<T>>();
        for (var item = waiting.poll(); item != null; item = batch.size() < most ? waiting.poll() : null) {
            batch.add(item);
        }
        RuntimeException failure = null;
        try {
            write.accept(batch.stream().map(item -> item.value).toList());
        } catch (RuntimeException e) {
            failure = e;
        }
        for (var item : batch) {
            item.failure = failure;
            item.done = true;
        }
    }

    private static final class Item<T> {

        private final T value;
        private volatile boolean done;
        private @Nullable RuntimeException failure; // written before, read after "done"

        private Item(T value) {
            this.value = value;
        }
    }
}
