// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import qboevents.simulator.Change;
import qboevents.simulator.Ledger;

/** People who write into a company's books and do not care whether the service runs; now and then hundreds at once. */
final class Office {

    private static final int PAUSE_MILLIS = 100;
    private static final int OPENS_AFTER_MILLIS = 2000; // nothing may be dated before the connection: nobody asked for that
    private static final Set<String> DELETABLE = Set.of("Bill", "Invoice", "JournalEntry", "Payment");

    private final ScheduledExecutorService clerk = Executors.newSingleThreadScheduledExecutor();
    private final List<Change> records = new ArrayList<>();
    private final Ledger ledger;
    private final List<String> entities;
    private final Random random;
    private Future<?> work = new CompletableFuture<>();

    Office(Ledger ledger, List<String> entities, long seed) {
        this.ledger = ledger;
        this.entities = entities;
        this.random = new Random(seed);
    }

    void open() {
        work = clerk.scheduleAtFixedRate(this::work, OPENS_AFTER_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Nothing is written after this returns. */
    void close() {
        if (!clerk.isShutdown() && work.isDone()) {
            throw new AssertionError("The office gave up working: " + work);
        }
        clerk.shutdown();
        try {
            if (!clerk.awaitTermination(20, TimeUnit.SECONDS)) {
                throw new AssertionError("The office does not close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private void work() {
        var entity = entities.get(random.nextInt(entities.size()));
        int what = random.nextInt(200);
        if (what < 2) {
            records.addAll(ledger.create(entity, 100 + random.nextInt(400))); // one second with more than a page
        } else if (what < 4) {
            random.ints(200, 0, records.size() + 1).filter(each -> each < records.size()).forEach(this::update);
        } else if (what < 10) {
            records.add(ledger.createLate(entity, Duration.ofSeconds(1)));
        } else if (what < 14) {
            deleteOne();
        } else if (what < 110 || records.isEmpty()) {
            records.add(ledger.create(entity));
        } else {
            update(random.nextInt(records.size()));
        }
    }

    private void update(int which) {
        ledger.update(records.get(which).entity(), records.get(which).id());
    }

    private void deleteOne() {
        records.stream().filter(each -> DELETABLE.contains(each.entity())).findFirst().ifPresent(each -> {
            records.remove(each);
            ledger.delete(each.entity(), each.id());
        });
    }
}
