// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.bench.Journal.Posts;
import qboevents.testing.ServiceProcess;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/**
 * Webhooks of twenty companies, two events each, to one node and to two on the same PostgreSQL, each company's to both of them as
 * a balancer would: half of what a node accepts is another's to send. {@code -Dbench.warmup=40 -Dbench.seconds=30 -Dbench.rate=100}.
 */
class NodesBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 40));
    private static final Duration SATURATED = Duration.ofSeconds(Integer.getInteger("bench.seconds", 30));
    private static final int RATE = Integer.getInteger("bench.rate", 100);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int MOST_POSTS_PER_SECOND = 20_000;
    private static final String TOKEN = "b5771f19b12ddb4bcdb9f08bdc50bc63878a";
    private static final List<String> ENTITIES = List.of("invoice", "customer");
    private static final List<String> COMPANIES = IntStream.range(0, 20).mapToObj(i -> Integer.toString(310_000 + i)).toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void delivers(int nodes, @TempDir Path folder) throws Exception {
        var key = Base64.getEncoder().encodeToString(new byte[32]);
        var settings = List.of("quickbooks.webhook.verifier-tokens=" + TOKEN, "events.encryption.key=" + key);
        var url = TestDatabase.POSTGRESQL.freshUrl();
        var journal = new Journal((int) WARM_UP.plus(SATURATED.multipliedBy(2)).toSeconds() * MOST_POSTS_PER_SECOND, ENTITIES.size());
        var services = new ArrayList<ServiceProcess>();
        try (var receiver = new LeanReceiver(journal); var world = BenchWorld.start(folder, url, settings)) {
            services.add(world.service());
            for (int i = 1; i < nodes; i++) {
                services.add(another(Files.createDirectory(folder.resolve("node-" + i)), url, settings, world));
            }
            COMPANIES.forEach(company -> WebhookWorld.connect(world, company, receiver.url()));
            var targets = services.stream().map(each -> URI.create(each.base() + "/events/quickbooks")).toList();
            var posts = new SignedPosts(journal, targets.get(0), TOKEN, SignedPosts.CLOUD_EVENT, ENTITIES, COMPANIES);
            try (var load = new LoadGenerator(targets, WebhookWorld.CONNECTIONS, posts, journal)) {
                awaitAll(journal, load.saturate(WARM_UP));
                var before = cpu(services);
                long committed = commits(url);
                var all = load.saturate(SATURATED);
                awaitAll(journal, all);
                var used = cpu(services).minus(before);
                committed = commits(url) - committed;
                var some = load.atRate(RATE, SATURATED);
                awaitAll(journal, some);
                report(nodes, journal, all, used, committed, some);
                assertThat(all.refused() + some.refused()).as("answers other than 200").isZero();
                assertThat(journal.unknown()).as("callbacks without an event that was sent").isZero();
            }
        } finally {
            services.forEach(ServiceProcess::close);
        }
    }

    private static ServiceProcess another(Path folder, String url, List<String> settings, BenchWorld world) {
        var all = new ArrayList<>(settings);
        all.addAll(TestService.quickBooks(world.quickBooks()));
        all.addAll(List.of(
                "spring.datasource.url=" + url,
                "events.api.user-secret=" + TestService.USER_SECRET,
                "events.api.organization-secret=" + TestService.ORGANIZATION_SECRET,
                "events.delivery.allow-private-addresses=true"));
        var service = ServiceProcess.start(folder, ServiceProcess.freePort(), List.of("-Xmx256m"), all);
        service.awaitReady();
        return service;
    }

    /** Of PostgreSQL, reads among them; it may have counted those of the last second later. */
    private static long commits(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var count = connection.createStatement().executeQuery(
                        "select xact_commit from pg_stat_database where datname = current_database()")) {
            count.next();
            return count.getLong(1);
        }
    }

    private static void awaitAll(Journal journal, Posts posts) {
        Awaitility.await().atMost(LIMIT).pollInterval(100, TimeUnit.MILLISECONDS).until(() -> journal.missing(posts) == 0);
    }

    private static Duration cpu(List<ServiceProcess> services) {
        return services.stream().map(ServiceProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    private static void report(int nodes, Journal journal, Posts all, Duration used, long committed, Posts some) {
        int events = journal.acknowledged(all) * journal.perPost();
        var delivered = journal.deliveries(some);
        Report.line("%d nodes, %d companies, PostgreSQL: %.0f events/s delivered until the last, ack p50 %.1f ms, p99 %.1f; services'"
                        + " CPU s per 1,000 events %.3f, commits per event %.2f; at %d/s POST to callback p50 %.2f ms, p99 %.2f, most %.1f; arrived twice %d",
                nodes, COMPANIES.size(), events / ((journal.lastArrival(all) - all.begun()) / 1e9),
                journal.acknowledgements(all).percentile(50), journal.acknowledgements(all).percentile(99),
                Report.seconds(used) * 1000 / events, committed / (double) events, RATE,
                delivered.percentile(50), delivered.percentile(99), delivered.percentile(100), journal.repeated());
    }
}
