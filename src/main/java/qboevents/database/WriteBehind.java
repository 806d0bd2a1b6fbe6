// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/** Writes what may be lost with the process: many together, later than it was handed in, again while the database is away. */
public final class WriteBehind<T> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WriteBehind.class);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_END = 5000; // milliseconds

    private final int most;
    private final long gather;
    private final long patience;
    private final Consumer<List<T>> write;
    private final Consumer<List<T>> lost;
    private final BlockingQueue<Optional<T>> waiting; // empty: the end
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param most items at once
     * @param room items that may wait; who comes then waits himself
     * @param gather how long the first of them waits for more: each commit costs, however little is in it
     * @param patience how long the same items are tried again
     * @param write all of it or throws
     * @param lost told of what could not be written
     */
    public WriteBehind(String name, int most, int room, Duration gather, Duration patience, Consumer<List<T>> write,
            Consumer<List<T>> lost) {
        this.most = most;
        this.gather = gather.toNanos();
        this.patience = patience.toNanos();
        this.write = write;
        this.lost = lost;
        this.waiting = new LinkedBlockingQueue<>(room);
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    public void add(T item) {
        put(Optional.of(item));
    }

    private void put(Optional<T> item) {
        try {
            waiting.put(item);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed || !waiting.isEmpty()) {
            var batch = new ArrayList<Optional<T>>();
            try {
                batch.add(waiting.take());
            } catch (InterruptedException e) {
                throw new IllegalStateException("Nobody interrupts this thread", e);
            }
            if (!closed && waiting.size() < most - 1) {
                LockSupport.parkNanos(gather);
            }
            waiting.drainTo(batch, most - 1);
            perform(batch.stream().flatMap(Optional::stream).toList());
        }
    }

    private void perform(List<T> batch) {
        long begun = System.nanoTime();
        while (!batch.isEmpty()) {
            try {
                write.accept(batch);
                return;
            } catch (DataIntegrityViolationException e) {
                oneByOne(batch, e);
                return;
            } catch (DataAccessException | TransactionException e) {
                log.warn("{} not written yet: {}", batch.size(), e.getMessage());
                if (closed || System.nanoTime() - begun > patience) {
                    lost.accept(batch);
                    return;
                }
                LockSupport.parkNanos(PAUSE);
            } catch (RuntimeException | Error e) {
                log.error("{} not written", batch.size(), e);
                lost.accept(batch);
                return;
            }
        }
    }

    /** What may not be written never may be; it is not the others' fault. */
    private void oneByOne(List<T> batch, DataIntegrityViolationException refused) {
        if (batch.size() > 1) {
            batch.forEach(item -> perform(List.of(item)));
        } else {
            log.error("not written", refused);
            lost.accept(batch);
        }
    }

    /** What waits is written first. */
    @Override
    public void close() {
        closed = true;
        put(Optional.empty());
        try {
            thread.join(LONGEST_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
