// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import qboevents.bench.Journal.Posts;
import qboevents.testing.TestDatabase;

/** The packaged service between a lean sender of webhooks and a lean receiver of callbacks. */
final class WebhookWorld implements AutoCloseable {

    static final List<String> ENTITIES = List.of(System.getProperty("bench.entities", "invoice,customer").split(","));
    static final int CONNECTIONS = Integer.getInteger("bench.connections", 64);

    private static final List<String> COMPANIES = IntStream.range(0, Integer.getInteger("bench.companies", 1))
            .mapToObj(i -> Integer.toString(310_000 + i)).toList();
    private static final String TOKEN = "b5771f19b12ddb4bcdb9f08bdc50bc63878a";
    private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(120);
    private static final int MOST_POSTS_PER_SECOND = 20_000;

    private final Journal journal;
    private final LeanReceiver receiver;
    private final BenchWorld world;
    private final LoadGenerator load;
    private final Optional<ProcessFigures> database;

    private WebhookWorld(Path folder, String databaseUrl, Duration sending) {
        journal = new Journal((int) sending.toSeconds() * MOST_POSTS_PER_SECOND, ENTITIES.size());
        receiver = new LeanReceiver(journal);
        world = BenchWorld.start(folder, databaseUrl, List.of("quickbooks.webhook.verifier-tokens=" + TOKEN));
        COMPANIES.forEach(company -> world.connect(company, receiver.url(), Map.of(
                "event.vendor.type", "webhook",
                "event.notification.batch.size", System.getProperty("bench.batch", "1"),
                "event.notification.signature.key", "MySecretEventSignatureKey")));
        var target = URI.create(world.service().base() + "/events/quickbooks");
        load = new LoadGenerator(target, CONNECTIONS,
                new SignedPosts(journal, target, TOKEN, SignedPosts.CLOUD_EVENT, ENTITIES, COMPANIES), journal);
        database = postmaster(databaseUrl);
    }

    /** @param sending how long it will send in all */
    static WebhookWorld start(Path folder, TestDatabase database, Duration sending) {
        assumeThat(System.getProperty("bench.database", database.name())).isEqualToIgnoringCase(database.name());
        return new WebhookWorld(folder, database.freshUrl(), sending);
    }

    Journal journal() {
        return journal;
    }

    BenchWorld service() {
        return world;
    }

    LoadGenerator load() {
        return load;
    }

    /** Whether all that was acknowledged has arrived in time. */
    boolean allArrive(Posts posts) {
        long limit = journal.now() + DELIVERY_LIMIT.toNanos();
        Awaitility.await().atMost(DELIVERY_LIMIT.multipliedBy(2)).pollInterval(100, TimeUnit.MILLISECONDS)
                .until(() -> journal.missing(posts) == 0 || journal.now() > limit);
        return journal.missing(posts) == 0;
    }

    Usage usage() {
        return new Usage(
                world.service().cpu(),
                database.map(ProcessFigures::cpuOfAll).orElse(Duration.ZERO),
                ProcessHandle.current().info().totalCpuDuration().orElseThrow());
    }

    long mostResidentMegabytes() {
        return new ProcessFigures(world.service().pid()).mostResidentMegabytes();
    }

    @Override
    public void close() {
        load.close();
        world.close();
        receiver.close();
    }

    /** The parent of the process that answers a connection; none for a database inside the service. */
    private static Optional<ProcessFigures> postmaster(String url) {
        if (!url.startsWith("jdbc:postgresql:")) {
            return Optional.empty();
        }
        try (var connection = DriverManager.getConnection(url);
                var answer = connection.createStatement().executeQuery("select pg_backend_pid()")) {
            answer.next();
            var parent = ProcessHandle.of(answer.getLong(1)).flatMap(ProcessHandle::parent).orElseThrow();
            return Optional.of(new ProcessFigures(parent.pid()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** CPU time: the service with a database inside, PostgreSQL, and this JVM, that is sender, receiver and simulator. */
    record Usage(Duration service, Duration database, Duration load) {

        Usage since(Usage before) {
            return new Usage(service.minus(before.service), database.minus(before.database), load.minus(before.load));
        }

        String perThousand(int events) {
            return String.format("%.3f service + %.3f database (+ %.3f load)",
                    per(service, events), per(database, events), per(load, events));
        }

        private static double per(Duration time, int events) {
            return Report.seconds(time) * 1000 / events;
        }
    }
}
