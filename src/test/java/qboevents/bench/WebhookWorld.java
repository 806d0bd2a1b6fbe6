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
    private final String databaseUrl;
    private final Optional<ProcessFigures> database;

    /** What tells how the service delivers while {@code -Dbench.settled=10000000} events are in its log that are done with. */
    private static final int SETTLED = Integer.getInteger("bench.settled", 0);

    private WebhookWorld(Path folder, String databaseUrl, Duration sending) {
        this.databaseUrl = databaseUrl;
        journal = new Journal((int) sending.toSeconds() * MOST_POSTS_PER_SECOND, ENTITIES.size());
        receiver = new LeanReceiver(journal);
        world = BenchWorld.start(folder, databaseUrl, List.of("quickbooks.webhook.verifier-tokens=" + TOKEN));
        COMPANIES.forEach(company -> connect(world, company, receiver.url()));
        load = loadFor(COMPANIES, CONNECTIONS, journal);
        database = postmaster(databaseUrl);
    }

    /** @param sending how long it will send in all */
    static WebhookWorld start(Path folder, TestDatabase database, Duration sending) {
        assumeWanted(database);
        var url = database.freshUrl();
        if (SETTLED > 0) {
            try (var rows = BulkRows.in(database, url)) {
                rows.settled(BulkRows.FIRST_INSTANCE, SETTLED);
            }
        }
        return start(folder, url, sending);
    }

    static WebhookWorld start(Path folder, String databaseUrl, Duration sending) {
        return new WebhookWorld(folder, databaseUrl, sending);
    }

    static void assumeWanted(TestDatabase database) {
        assumeThat(System.getProperty("bench.database", database.name())).isEqualToIgnoringCase(database.name());
    }

    /** An instance that gets its company's webhooks as single notifications, signed. */
    static long connect(BenchWorld world, String company, String callbackUrl) {
        return world.connect(company, callbackUrl, Map.of(
                "event.vendor.type", "webhook",
                "event.notification.batch.size", System.getProperty("bench.batch", "1"),
                "event.notification.signature.key", "MySecretEventSignatureKey"));
    }

    /** One more sender beside {@link #load}. */
    LoadGenerator loadFor(List<String> companies, int connections, Journal noted) {
        var target = URI.create(world.service().base() + "/events/quickbooks");
        return new LoadGenerator(target, connections,
                new SignedPosts(noted, target, TOKEN, SignedPosts.CLOUD_EVENT, ENTITIES, companies), noted);
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

    /**
     * As on a server that has run for longer: a PostgreSQL that was started a minute ago makes each file of its log first, and all
     * commits wait for that; after a checkpoint it takes those that it has. And autovacuum comes once a minute, here for all that
     * a full load has left. {@code -Dbench.checkpoint=false} leaves both out.
     */
    void checkpoint() {
        if (database.isPresent() && !"false".equals(System.getProperty("bench.checkpoint"))) {
            try (var connection = DriverManager.getConnection(databaseUrl); var statement = connection.createStatement()) {
                statement.execute("vacuum analyze");
                statement.execute("checkpoint");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
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

        Duration all() {
            return service.plus(database).plus(load);
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
