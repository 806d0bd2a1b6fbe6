// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import qboevents.simulator.Change;
import qboevents.simulator.MovableClock;
import qboevents.testing.BusyBooks;
import qboevents.testing.TestDatabase;
import qboevents.testing.Timers;
import qboevents.testing.Truth;

/** One company through days of trouble, all of them from one seed. */
final class TroubledDays implements AutoCloseable {

    private enum Mode {
        AUTO(Map.of("event.poller.strategy", "auto")),
        ADAPTIVE(Map.of("event.poller.adaptive", true)),
        HYBRID(Map.of("event.vendor.type", "hybrid")),
        QUERY(Map.of("event.poller.strategy", "query"));

        private final Map<String, Object> configuration;

        Mode(Map<String, Object> configuration) {
            this.configuration = configuration;
        }
    }

    private static final List<String> RESOURCES = List.of("invoices", "customers", "bills", "payments", "products",
            "sales-receipts", "time-activities", "tax-codes");
    private static final Duration TROUBLED = Duration.ofHours(Integer.getInteger("troubled.hours", 20));
    private static final Duration CALM = Duration.ofHours(26); // a resource that is polled once a day, and what was left to queries for one

    private static final int MOST_RESTARTS = 1; // each takes as long as a day

    private final long seed;
    private final Mode mode;
    private final Random random;
    private final int cap;
    private final MovableClock clock = MovableClock.at(Instant.parse("2026-10-01T00:00:00Z"));
    private final Scene scene;
    private final Timers timers;
    private final Company company;
    private final BusyBooks books;
    private final ChanceOfTrouble trouble;
    private final Gaps gaps;
    private final int before;
    private int restarts;

    TroubledDays(long seed) {
        this.seed = seed;
        this.mode = Mode.values()[(int) Math.floorMod(seed - 1, Mode.values().length)];
        this.random = new Random(seed);
        this.cap = 12 + random.nextInt(40);
        this.scene = Scene.at(clock, TestDatabase.H2, settings());
        scene.quickBooks.limits().observeOnly();
        scene.quickBooks.cdc().cap(cap);
        var realm = scene.nextRealm();
        books = new BusyBooks(scene.quickBooks.ledger(realm), random, RESOURCES);
        clock.advance(Duration.ofHours(1));
        before = scene.quickBooks.ledger(realm).changes().size();
        var configuration = new HashMap<String, Object>(mode.configuration);
        configuration.put("event.poller.refresh_interval", "15");
        company = scene.connect(configuration, RESOURCES.toArray(String[]::new));
        assertThat(company.realm()).isEqualTo(realm);
        timers = new Timers(clock, Duration.ofSeconds(2), scene.service());
        trouble = new ChanceOfTrouble(random, scene.quickBooks, company.books(), mode == Mode.HYBRID);
        gaps = new Gaps(company);
        listen();
    }

    private String[] settings() {
        var settings = new ArrayList<>(Timers.SETTINGS);
        settings.addAll(List.of(
                "quickbooks.api.capture-limit=" + cap, "quickbooks.api.page-size=" + (5 + random.nextInt(20)),
                "quickbooks.api.timeout=3s", Webhook.SETTING));
        return settings.toArray(String[]::new);
    }

    private void listen() {
        if (mode == Mode.HYBRID) {
            scene.quickBooks.webhooks()
                    .subscribe(scene.service().base() + "/events/quickbooks", Webhook.TOKEN)
                    .window(Duration.ofMillis(2))
                    .patience(Duration.ofSeconds(30))
                    .moods().repeating(1).reordering(true).losing(event -> event.objectId().hashCode() % 5 == 0);
        }
    }

    void pass() {
        for (var end = clock.instant().plus(TROUBLED); clock.instant().isBefore(end); ) {
            trouble.strike();
            work();
            timers.runUntil(clock.instant().plusSeconds(60 + random.nextInt(3_000)));
            gaps.look();
            if (random.nextInt(8) == 0 && restarts++ < MOST_RESTARTS) {
                scene.restart();
                timers.attend(scene.service());
                listen();
            }
        }
        trouble.end();
        timers.runUntil(clock.instant().plus(CALM));
        gaps.look();
    }

    private void work() {
        boolean rush = random.nextInt(12) == 0;
        int count = rush ? cap + random.nextInt(cap) : random.nextInt(8);
        if (rush && random.nextBoolean()) {
            books.importMany(count, List.of("Invoice"));
            count = 0;
        }
        for (int i = 0; i < count; i++) {
            books.change();
            clock.advance(Duration.ofMillis(random.nextInt(3_000)));
        }
        scene.quickBooks.webhooks().awaitIdle(Duration.ofMinutes(1));
    }

    void assertAllToldOnceAndInOrder() {
        var truth = new Truth(company.books(), before);
        var told = scene.receiver.events();
        assertThat(truth.changes()).isGreaterThan(20);
        System.out.printf("seed %d, %s: %d changes, %d objects living, %d deletions of which %d have to be told, %d told, %d faults%n",
                seed, mode, truth.changes(), truth.living(), truth.deletions(), truth.countDeletions(this::isShown), told.size(),
                trouble.count());
        assertSoftly(all -> {
            all.assertThat(truth.lost(told)).as("lost, seed %d, %s", seed, mode).isEmpty();
            all.assertThat(truth.undeleted(told, this::isShown)).as("deletions lost, seed %d, %s", seed, mode).isEmpty();
            all.assertThat(Truth.repeated(told)).as("told twice, seed %d, %s", seed, mode).isEmpty();
            all.assertThat(Truth.outOfOrder(told)).as("told after what is newer, seed %d, %s", seed, mode).isEmpty();
            all.assertThat(truth.invented(told)).as("never so, seed %d, %s", seed, mode).isEmpty();
        });
    }

    private boolean isShown(Change deletion) {
        return mode != Mode.QUERY && !deletion.entity().equals("TimeActivity") && !gaps.cover(deletion)
                && (!gaps.compared(deletion) || wasTold(deletion));
    }

    /** What nobody was told of can be deleted in a gap without a word: its id is not known. */
    private boolean wasTold(Change deletion) {
        return scene.receiver.events().stream().anyMatch(event -> deletion.entity().equals(BusyBooks.ENTITIES.get(event.objectType()))
                && event.objectId().startsWith(deletion.id() + "|"));
    }

    @Override
    public void close() {
        timers.close();
        scene.close();
    }
}
