// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import static qboevents.database.SqlTime.utc;

import jakarta.annotation.PostConstruct;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.instance.Instances;
import qboevents.instance.Node;
import qboevents.resource.Resources;

/** Who compares what: one resource of an instance at a time, by one worker of one node, after its gap has been read. */
@Component
class GapClaims {

    private static final Logger log = LoggerFactory.getLogger(GapClaims.class);

    /** Comparisons at the same time on this node: nobody waits for them, and polls are to find workers. */
    private static final int HANDS = 4;

    private static final String DUE =
            """
            select g.instance_id, g.resource, coalesce(g.gap_until, c.gap_until) as until, g.stage, g.reached, g.failures
            from gap_comparison g
            join poll_cursor c on c.instance_id = g.instance_id and c.resource = g.resource
            join instance i on i.id = g.instance_id
            where g.due_at <= :now and g.leased_until <= :now and g.resource = any(:resources)
              and c.gap_from is not null and c.gap_compared_at is null and c.read_until >= coalesce(g.gap_until, c.gap_until)
              and i.polls and i.enabled and i.deleted_at is null
              and not exists (select 1 from gap_comparison o where o.instance_id = g.instance_id and o.leased_until > :now)
            order by g.due_at
            limit :most
            """;

    private final JdbcClient jdbc;
    private final Leases leases;
    private final Instances instances;
    private final Resources resources;
    private final PollingSettings settings;
    private final Node node;
    private final Clock clock;
    private final Set<GapComparison> held = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    GapClaims(
            JdbcClient jdbc,
            Leases leases,
            Instances instances,
            Resources resources,
            PollingSettings settings,
            Node node,
            Clock clock) {
        this.jdbc = jdbc;
        this.leases = leases;
        this.instances = instances;
        this.resources = resources;
        this.settings = settings;
        this.node = node;
        this.clock = clock;
    }

    private record Due(long instanceId, String resource, Instant until, GapStage stage, String reached, int failures) {}

    /** As many entries as there are workers to start; each of them asks for {@link #next} until there is nothing. */
    List<Integer> hands() {
        int free = HANDS - held.size();
        return stopping || free <= 0 ? List.of() : Collections.nCopies(due(free).size(), 1);
    }

    /** What to compare next; null: nothing. It must be {@link #letGo let go}. */
    @Nullable GapComparison next() {
        while (!stopping) {
            var due = due(1);
            if (due.isEmpty()) {
                return null;
            }
            var claimed = claim(due.get(0));
            if (claimed != null) {
                return claimed;
            }
        }
        return null;
    }

    private List<Due> due(int most) {
        return jdbc.sql(DUE)
                .param("now", utc(clock.instant()))
                .param("resources", resources.names().toArray(String[]::new))
                .param("most", most)
                .query((row, index) -> new Due(
                        row.getLong("instance_id"),
                        row.getString("resource"),
                        row.getObject("until", OffsetDateTime.class).toInstant(),
                        GapStage.of(row.getString("stage")),
                        row.getString("reached"),
                        row.getInt("failures")))
                .list();
    }

    private @Nullable GapComparison claim(Due due) {
        var now = clock.instant();
        var number = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        int claimed = jdbc.sql(
                        """
                        update gap_comparison set claim = :claim, leased_by = :node, leased_until = :lease, gap_until = :until
                        where instance_id = :instance and resource = :resource and leased_until <= :now and due_at <= :now
                        """)
                .param("claim", number)
                .param("node", node.name())
                .param("lease", utc(now.plus(settings.lease())))
                .param("until", utc(due.until()))
                .param("instance", due.instanceId())
                .param("resource", due.resource())
                .param("now", utc(now))
                .update();
        if (claimed == 0) {
            return null; // another node was quicker
        }
        var resource = resources.named(due.resource()).orElse(null);
        if (resource == null) {
            return null; // taken out of the routes in this very moment
        }
        try {
            var comparison = new GapComparison(instances.get(due.instanceId()), resource, number, due.until(), now, due.failures(),
                    due.stage(), due.reached());
            held.add(comparison);
            return comparison;
        } catch (ApiException deletedMeanwhile) {
            log.debug("Nothing to compare any more: {}", deletedMeanwhile.getMessage());
            return null;
        }
    }

    void letGo(GapComparison comparison) {
        held.remove(comparison);
        jdbc.sql("update gap_comparison set leased_until = :past where instance_id = :instance and claim = :claim")
                .param("past", utc(Instant.EPOCH))
                .param("instance", comparison.instanceId())
                .param("claim", comparison.number())
                .update();
    }

    /** Keeps what this node holds from being taken over. */
    void renew() {
        leases.renew("gap_comparison", held.stream().mapToLong(GapComparison::number));
    }

    /** What a process of the same name held when it died is free at once; all of it where no other process can be. */
    @PostConstruct
    void freeOwn() {
        leases.freeOwn("gap_comparison");
    }

    /** What was reached stays; a start goes on from there. */
    @EventListener
    void stop(ContextClosedEvent event) {
        stopping = true;
    }

    boolean stopping() {
        return stopping;
    }
}
