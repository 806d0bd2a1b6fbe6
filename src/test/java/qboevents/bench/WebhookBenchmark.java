// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qboevents.bench.Journal.Posts;
import qboevents.testing.TestDatabase;

/**
 * Webhooks of two entities each, every entity once, in at one end and out at a receiver that answers at once.
 * {@code -Dbench.seconds=30 -Dbench.connections=64 -Dbench.entities=invoice,customer -Dbench.companies=1 -Dbench.batch=1},
 * {@code -Dbench.rate=100} for latency, {@code -Dbench.database=H2} for one only, {@code -Dbench.profile=true} to see where
 * the time goes; {@code -Dbench.warmup=40} seconds are what the compiler needs, less is for trying things out;
 * {@code -Dbench.settle=70} seconds at the rate come before the latency is measured.
 */
class WebhookBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 40));
    /** At the rate that is measured: what a full load has left to clean up, such as PostgreSQL's dead rows, is cleaned up meanwhile. */
    private static final Duration SETTLE = Duration.ofSeconds(Integer.getInteger("bench.settle", 70));
    private static final Duration SATURATED = Duration.ofSeconds(Integer.getInteger("bench.seconds", 30));
    private static final Duration AT_RATE = Duration.ofSeconds(Integer.getInteger("bench.seconds", 60));
    private static final int RATE = Integer.getInteger("bench.rate", 100);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void deliversAtSaturation(TestDatabase database, @TempDir Path folder) {
        try (var world = WebhookWorld.start(folder, database, WARM_UP.plus(SATURATED))) {
            var warmUp = warmUp(world);
            var collections = world.service().collections();
            var profile = Profile.begin(world.service(), "saturation-" + database);
            var before = world.usage();
            var posts = world.load().saturate(SATURATED);
            world.allArrive(posts);
            var usage = world.usage().since(before);
            profile.ifPresent(Profile::end);
            var journal = world.journal();
            int events = journal.acknowledged(posts) * journal.perPost();
            var acknowledged = journal.acknowledgements(posts);
            Report.line("webhooks %s, %d connections: %.0f POSTs/s, %.0f events/s acknowledged, %.0f events/s delivered"
                            + " until the last; ack p50 %.1f ms, p99 %.1f ms; CPU s per 1,000 events %s; %s",
                    database, WebhookWorld.CONNECTIONS, posts.count() / posts.seconds(), events / posts.seconds(),
                    events / ((journal.lastArrival(posts) - posts.begun()) / 1e9),
                    acknowledged.percentile(50), acknowledged.percentile(99), usage.perThousand(events),
                    memory(world, collections));
            verify(world, warmUp, posts);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void deliversAtOnce(TestDatabase database, @TempDir Path folder) {
        try (var world = WebhookWorld.start(folder, database, WARM_UP.plus(SETTLE).plus(AT_RATE))) {
            var warmUp = warmUp(world);
            world.checkpoint();
            var settling = world.load().atRate(RATE, SETTLE);
            world.allArrive(settling);
            var collections = world.service().collections();
            var profile = Profile.begin(world.service(), "rate-" + database);
            var before = world.usage();
            var posts = world.load().atRate(RATE, AT_RATE);
            world.allArrive(posts);
            var usage = world.usage().since(before);
            profile.ifPresent(Profile::end);
            var journal = world.journal();
            var acknowledged = journal.acknowledgements(posts);
            var delivered = journal.deliveries(posts);
            Report.line("webhooks %s at %d/s: ack p50 %.2f ms, p99 %.2f, most %.1f; POST to callback p50 %.2f ms, p99 %.2f,"
                            + " most %.1f; CPU s per 1,000 events %s; %s",
                    database, RATE, acknowledged.percentile(50), acknowledged.percentile(99), acknowledged.percentile(100),
                    delivered.percentile(50), delivered.percentile(99), delivered.percentile(100),
                    usage.perThousand(posts.count() * journal.perPost()), memory(world, collections));
            verify(world, warmUp, posts);
        }
    }

    /** Against each other: what sender and receiver cost, and that they are not what is measured. */
    @Test
    void leanPartsAlone() {
        var journal = new Journal(2_000_000, 1);
        try (var receiver = new LeanReceiver(journal)) {
            var target = URI.create(receiver.url());
            var event = SignedPosts.CLOUD_EVENT.replaceFirst("\\{", "{\"objectId\":\"########\",");
            var posts = new SignedPosts(journal, target, "token", event, List.of("invoice"), List.of("310000"));
            try (var load = new LoadGenerator(target, WebhookWorld.CONNECTIONS, posts, journal)) {
                load.saturate(Duration.ofSeconds(5));
                long sender = cpu(Thread.currentThread().getId());
                long received = cpu(receiver.threadId());
                var measured = load.saturate(Duration.ofSeconds(10));
                Report.line("lean parts alone: %.0f POSTs/s; CPU s per 1,000 POSTs: sender %.4f, receiver %.4f",
                        measured.count() / measured.seconds(),
                        (cpu(Thread.currentThread().getId()) - sender) / 1e6 / measured.count(),
                        (cpu(receiver.threadId()) - received) / 1e6 / measured.count());
                assertThat(journal.missing(measured)).isZero();
                assertThat(journal.repeated() + journal.unknown() + measured.refused()).isZero();
            }
        }
    }

    /** Ends when all has been delivered, so that nothing of it is measured. */
    private static Posts warmUp(WebhookWorld world) {
        var posts = world.load().saturate(WARM_UP);
        assertThat(posts.refused()).as("answers other than 200, of %d", posts.count()).isLessThan(posts.count());
        assertThat(world.allArrive(posts)).as("%d missing after the warm-up", world.journal().missing(posts)).isTrue();
        return posts;
    }

    private static void verify(WebhookWorld world, Posts warmUp, Posts measured) {
        world.service().service().runFor(Duration.ofSeconds(3)); // what comes twice comes late
        assertThat(world.journal().missing(warmUp) + world.journal().missing(measured)).as("missing").isZero();
        assertThat(world.journal().repeated()).as("arrived twice").isZero();
        assertThat(world.journal().unknown()).as("callbacks without an event that was sent").isZero();
        assertThat(measured.refused()).as("answers other than 200").isZero();
    }

    private static String memory(WebhookWorld world, GcLog before) {
        var collections = world.service().collections();
        var measured = collections.since(before);
        return String.format("heap %d MB most, %d MB most after a collection, pauses %.0f ms, longest %.1f ms, resident %d MB most",
                collections.mostMegabytes(), collections.mostMegabytesAfter(), measured.allPauses(), measured.longestPause(),
                world.mostResidentMegabytes());
    }

    private static long cpu(long threadId) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(threadId);
    }
}
