// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qboevents.bench.Journal.Posts;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.Reply;
import qboevents.testing.TestDatabase;

/**
 * What one instance loses when the receiver of its neighbours misbehaves, against the same neighbours with a receiver that takes
 * everything: runs of both kinds in turn, in one process. The neighbours are new in each run.
 * {@code -Dbench.pairs=5 -Dbench.seconds=20 -Dbench.neighbours=4 -Dbench.neighbourRate=10 -Dbench.bad=HANGS},
 * {@code -Dbench.rate=0} for rates at saturation only.
 */
class FairnessBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 40));
    private static final Duration RUN = Duration.ofSeconds(Integer.getInteger("bench.seconds", 20));
    private static final int PAIRS = Integer.getInteger("bench.pairs", 5);
    private static final int RATE = Integer.getInteger("bench.rate", 100);
    private static final int NEIGHBOURS = Integer.getInteger("bench.neighbours", 4);
    private static final int NEIGHBOUR_RATE = Integer.getInteger("bench.neighbourRate", 10);
    private static final List<String> COMPANIES =
            IntStream.range(0, NEIGHBOURS).mapToObj(i -> Integer.toString(320_000 + i)).toList();

    /** What a receiver can do to us. */
    private enum Bad {
        HANGS(Reply::hang),
        TRICKLES(() -> Reply.trickle(1000, Duration.ofSeconds(1))),
        ANSWERS_500(() -> Reply.status(500));

        private final Supplier<Reply> reply;

        Bad(Supplier<Reply> reply) {
            this.reply = reply;
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void letsNoReceiverSlowDownOthers(TestDatabase database, @TempDir Path folder) {
        // At saturation; what is sent at the rate is little beside it.
        var sending = WARM_UP.plus(RUN.multipliedBy(Bad.values().length * PAIRS * 2L));
        try (var world = WebhookWorld.start(folder, database, sending)) {
            assertThat(world.allArrive(world.load().saturate(WARM_UP))).isTrue();
            for (var bad : Bad.values()) {
                if (System.getProperty("bench.bad", bad.name()).equals(bad.name())) {
                    measure(world, database, bad);
                }
            }
            assertThat(world.journal().repeated() + world.journal().unknown()).isZero();
        }
    }

    private static void measure(WebhookWorld world, TestDatabase database, Bad bad) {
        var rates = new double[2][PAIRS];
        var latencies = new double[2][PAIRS];
        var cpu = new double[2][PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            for (int turn = 0; turn < 2; turn++) {
                int which = (turn + pair) % 2; // the second of two has no advantage
                var reply = which == 0 ? Reply.ok() : bad.reply.get();
                var before = world.usage();
                int sent = world.journal().sent();
                rates[which][pair] = beside(world, reply, () -> rate(world));
                cpu[which][pair] = Report.seconds(world.usage().since(before).all()) * 1000
                        / ((world.journal().sent() - sent) * world.journal().perPost());
                latencies[which][pair] = RATE == 0 ? Double.NaN : beside(world, reply, () -> latency(world));
            }
        }
        Report.line("fairness %s, %d neighbours whose receiver %s, %d pairs of %d s: %.0f events/s beside it, %.0f beside a good one,"
                        + " median of the pairs' quotients %.3f (%s), CPU s per 1,000 events %.3f and %.3f; at %d/s POST to callback p99"
                        + " %.1f ms and %.1f ms; heap %d MB most after a collection",
                database, NEIGHBOURS, bad, PAIRS, RUN.toSeconds(), Report.median(rates[1]), Report.median(rates[0]),
                Report.median(quotients(rates)), Report.list(quotients(rates)),
                Report.median(cpu[1]), Report.median(cpu[0]), RATE,
                Report.median(latencies[1]), Report.median(latencies[0]), world.service().collections().mostMegabytesAfter());
    }

    /** While the neighbours get theirs. */
    private static double beside(WebhookWorld world, Reply reply, Supplier<Double> figure) {
        var journal = new Journal((int) RUN.toSeconds() * 100 * NEIGHBOUR_RATE, WebhookWorld.ENTITIES.size());
        try (var receiver = new CallbackReceiver().keepingNothing()) {
            receiver.answer(reply);
            var ids = COMPANIES.stream()
                    .map(company -> WebhookWorld.connect(world.service(), company, receiver.url() + "/" + company)).toList();
            try (var load = world.loadFor(COMPANIES, 4, journal)) {
                var sent = CompletableFuture.runAsync(() -> load.atRate(NEIGHBOUR_RATE, RUN));
                double measured = figure.get();
                sent.join();
                return measured;
            } finally {
                ids.forEach(id -> world.service().service().call("DELETE", "/instances/" + id, ""));
            }
        }
    }

    private static double rate(WebhookWorld world) {
        var posts = all(world, world.load().saturate(RUN));
        return posts.count() * world.journal().perPost() / ((world.journal().lastArrival(posts) - posts.begun()) / 1e9);
    }

    private static double latency(WebhookWorld world) {
        return world.journal().deliveries(all(world, world.load().atRate(RATE, RUN))).percentile(99);
    }

    private static Posts all(WebhookWorld world, Posts posts) {
        assertThat(posts.refused()).isZero();
        assertThat(world.allArrive(posts)).as("all arrive").isTrue();
        return posts;
    }

    private static double[] quotients(double[][] rates) {
        return IntStream.range(0, PAIRS).mapToDouble(pair -> rates[1][pair] / rates[0][pair]).toArray();
    }
}
