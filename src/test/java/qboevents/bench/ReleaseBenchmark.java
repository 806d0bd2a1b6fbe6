// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qboevents.bench.Journal.Posts;
import qboevents.testing.TestDatabase;

/**
 * A long backlog is released while another instance has its live traffic. The live rate that it is measured against is that of
 * the other instance alone, just before. {@code -Dbench.held=1000000 -Dbench.seconds=30 -Dbench.rate=100 -Dbench.heap=512m}
 */
class ReleaseBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 40));
    private static final Duration LIVE = Duration.ofSeconds(Integer.getInteger("bench.seconds", 30));
    private static final int RATE = Integer.getInteger("bench.rate", 100);
    private static final int HELD = Integer.getInteger("bench.held", 1_000_000);
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final String COMPANY = "320000";

    private final AtomicIntegerArray arrivals = new AtomicIntegerArray(HELD);
    private final AtomicInteger arrived = new AtomicInteger();

    private final AtomicLong last = new AtomicLong();

    private void arrived(long objectId) {
        long number = objectId - BulkRows.FIRST_OBJECT;
        if (number >= 0 && number < HELD && arrivals.incrementAndGet((int) number) == 1) {
            arrived.incrementAndGet();
            last.set(System.nanoTime());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void releasesABacklogBesideLiveTraffic(TestDatabase database, @TempDir Path folder) {
        WebhookWorld.assumeWanted(database);
        var url = database.freshUrl();
        try (var receiver = new LeanReceiver(this::arrived)) {
            long held = hold(database, url, folder, receiver);
            try (var world = WebhookWorld.start(folder, url, WARM_UP.plus(LIVE.multipliedBy(2)).plus(LIMIT.dividedBy(60)))) {
                assertThat(world.allArrive(world.load().saturate(WARM_UP))).isTrue();
                var live = world.load().saturate(LIVE);
                assertThat(world.allArrive(live)).isTrue();
                double liveRate = live.count() * world.journal().perPost()
                        / ((world.journal().lastArrival(live) - live.begun()) / 1e9);
                world.checkpoint();
                var alone = world.load().atRate(RATE, LIVE);
                assertThat(world.allArrive(alone)).isTrue();
                release(world, database, held, liveRate, world.journal().deliveries(alone).percentile(99));
            }
        }
    }

    private static long hold(TestDatabase database, String url, Path folder, LeanReceiver receiver) {
        try (var world = BenchWorld.start(folder, url, List.of())) {
            long id = WebhookWorld.connect(world, COMPANY, receiver.url());
            world.service().stop(Duration.ofSeconds(30));
            try (var rows = BulkRows.in(database, url)) {
                rows.held(id, HELD);
            }
            return id;
        }
    }

    private void release(WebhookWorld world, TestDatabase database, long held, double liveRate, double alone) {
        assertThat(arrived.get()).isZero();
        var collections = world.service().collections();
        long begun = System.nanoTime();
        var asked = CompletableFuture.supplyAsync(() -> {
            var answer = world.service().service().call("PUT", "/notifications/subscriptions/deliveries?where="
                    + "channel%3D%27webhook%27%20and%20status%3D%27queued%27%20and%20instanceId%3D" + held, "");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return (System.nanoTime() - begun) / 1e9;
        });
        var steps = new ArrayList<Posts>();
        do {
            steps.add(world.load().atRate(RATE, STEP));
        } while (arrived.get() < HELD && System.nanoTime() - begun < LIMIT.toNanos());
        var posts = new Posts(steps.get(0).from(), steps.get(steps.size() - 1).to(), steps.get(0).begun(),
                steps.get(steps.size() - 1).ended(), steps.stream().mapToLong(Posts::refused).sum());
        double seconds = (last.get() - begun) / 1e9;
        assertThat(arrived.get()).as("of those held").isEqualTo(HELD);
        assertThat(world.allArrive(posts)).isTrue();
        assertThat(posts.refused()).isZero();
        var deliveries = world.journal().deliveries(posts);
        Report.line("release %s, %d held: asked %.1f s, all after %.1f s = %.0f/s, %.2f of the live rate (%.0f events/s); beside it %d/s live:"
                        + " POST to callback p50 %.1f ms, p99 %.1f (%.1f before), most %.1f; heap %d MB most after a collection, resident %d MB most;"
                        + " sent twice %d; p99 of each %d s: %s",
                database, HELD, asked.join(), seconds, HELD / seconds, HELD / seconds / liveRate, liveRate, RATE,
                deliveries.percentile(50), deliveries.percentile(99), alone, deliveries.percentile(100),
                world.service().collections().since(collections).mostMegabytesAfter(), world.mostResidentMegabytes(),
                IntStream.range(0, HELD).filter(number -> arrivals.get(number) > 1).count(), STEP.toSeconds(),
                Report.list(steps.stream().mapToDouble(step -> world.journal().deliveries(step).percentile(99)).toArray()));
    }
}
