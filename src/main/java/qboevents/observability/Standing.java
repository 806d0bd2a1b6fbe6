// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.delivery.Backlog;
import qboevents.instance.Node;
import qboevents.resource.ResourceRoutes;
import qboevents.resource.Resources;

/** What the database knows of the work of all nodes, a few seconds old at most. */
@Component
class Standing {

    private static final Duration NO_AGE = Duration.ZERO;

    private final Clock clock;
    private final ExecutorService asker = asker("standing", 2); // of four questions that there are
    private final Sampled<Map<String, Backlog.Part>> backlog;
    private final Sampled<Connected> connected;
    private final Sampled<Long> lanes;
    private final Sampled<List<String>> notOffered;

    Standing(Backlog backlog, JdbcClient jdbc, Resources resources, ResourceRoutes routes, Node node, Clock clock) {
        this.clock = clock;
        this.backlog = new Sampled<>(backlog::read, asker);
        this.connected = new Sampled<>(() -> Connected.read(jdbc, resources.names().stream().filter(routes::meant).toList()), asker);
        this.lanes = new Sampled<>(() -> jdbc.sql("select count(*) from lane where owner = :node and leased_until > :now")
                .param("node", node.name()).param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class).single(), asker);
        this.notOffered = new Sampled<>(() -> NotOffered.read(jdbc, resources), asker);
    }

    static ExecutorService asker(String name, int questions) {
        var threads = new ThreadPoolExecutor(questions, questions, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(Standing.class.getClassLoader()); // not Tomcat's, which would complain at the end
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Null: the database does not say. */
    @Nullable Map<String, Backlog.Part> backlog() {
        return backlog.get();
    }

    @Nullable Connected connected() {
        return connected.get();
    }

    /** Instances to which this node alone sends; where nobody shares the database, none is leased. */
    @Nullable Long lanes() {
        return lanes.get();
    }

    /** Resources that instances poll by the routes of other nodes, if at all. */
    @Nullable List<String> notOffered() {
        return notOffered.get();
    }

    Duration age(@Nullable Instant time) {
        var age = time == null ? NO_AGE : Duration.between(time, clock.instant());
        return age.isNegative() ? NO_AGE : age;
    }

    @PreDestroy
    void close() {
        asker.shutdown();
    }
}
