// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Does together what many threads ask for at the same time: one thread takes all that has come while it was busy, and does
 * it in one transaction or with one statement. Callers return when theirs is done.
 */
public final class GroupCommit<T, R> implements AutoCloseable {

    /** When so many have just come together, the next are given a moment to do so too: each commit costs, however small. */
    private static final int MANY = 4;
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(1);

    private final int most;
    private final Duration patience;
    private final Function<List<T>, List<R>> work;
    private final BlockingQueue<Item<T, R>> waiting = new LinkedBlockingQueue<>();
    private final LongAdder batches = new LongAdder();
    private final LongAdder items = new LongAdder();
    private volatile boolean closed;
    private volatile long begun = System.nanoTime(); // of what is under way
    private volatile boolean underWay;

    /**
     * @param most items at once
     * @param patience how long a caller waits at most
     * @param work does all of it or throws; answers in the order it was asked
     */
    public GroupCommit(String name, int most, Duration patience, Function<List<T>, List<R>> work) {
        this.most = most;
        this.patience = patience;
        this.work = work;
        var thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private record Item<T, R>(@Nullable T value, CompletableFuture<R> result) {}

    /**
     * Who comes while the database has not answered for longer than anybody waits, is not kept waiting too: threads that
     * wait are missed where the answer is.
     *
     * @throws TransientDataAccessResourceException when it takes too long; it may be done nevertheless
     */
    public R submit(T value) {
        if (underWay && System.nanoTime() - begun > patience.toNanos()) {
            throw new TransientDataAccessResourceException("The database has not answered for more than " + patience);
        }
        var item = new Item<T, R>(value, new CompletableFuture<>());
        waiting.add(item);
        if (closed) {
            item.result.cancel(false);
        }
        try {
            return item.result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            item.result.cancel(false);
            throw new TransientDataAccessResourceException("The database did not answer within " + patience);
        } catch (CancellationException e) {
            throw new TransientDataAccessResourceException("The service is stopping");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientDataAccessResourceException("The service is stopping");
        }
    }

    private void run() {
        int before = 0;
        while (!closed) {
            var batch = new ArrayList<Item<T, R>>();
            batch.add(next());
            if (before >= MANY) {
                LockSupport.parkNanos(MOMENT);
            }
            waiting.drainTo(batch, most - 1);
            before = batch.size();
            batch.removeIf(item -> item.result.isDone()); // nobody waits for it any more
            begun = System.nanoTime();
            underWay = true;
            perform(batch);
            underWay = false;
        }
        waiting.forEach(item -> item.result.cancel(false));
    }

    private Item<T, R> next() {
        try {
            return waiting.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts this thread", e);
        }
    }

    private void perform(List<Item<T, R>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        batches.increment();
        items.add(batch.size());
        try {
            var results = work.apply(batch.stream().map(Item::value).toList());
            for (int i = 0; i < results.size(); i++) {
                batch.get(i).result.complete(results.get(i));
            }
        } catch (DataIntegrityViolationException e) {
            if (batch.size() == 1) {
                batch.get(0).result.completeExceptionally(e);
            } else {
                batch.forEach(item -> perform(List.of(item))); // what one of them may not write is not the others' fault
            }
        } catch (RuntimeException | Error e) {
            batch.forEach(item -> item.result.completeExceptionally(e));
        }
    }

    /** Done together since the start, failures too. */
    public long batches() {
        return batches.sum();
    }

    /** What was in the {@link #batches}: how well callers share them. */
    public long items() {
        return items.sum();
    }

    /** What is under way ends, what waits is told that it will not be done. Never by interrupt: H2 would lose its file. */
    @Override
    public void close() {
        closed = true;
        var last = new Item<T, R>(null, new CompletableFuture<>());
        last.result.cancel(false);
        waiting.add(last);
    }
}
