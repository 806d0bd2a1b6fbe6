// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.event.Reconciliation;
import qboevents.instance.Instance;
import qboevents.instance.Instances;

/**
 * {@code GET /notifications/numbers}: what is owed, and since when. A backlog is counted to {@link #MOST} of each status and
 * instance and not further, in the order of its lane, so that asking costs little however long it is.
 */
@Component
class Numbers {

    static final int MOST = 10_000;

    private static final Duration LATELY = Duration.ofDays(1);

    private static final List<String> OWED = List.of("due", "retry", "again", "queued"); // a repetition is owed to nobody

    private final JdbcClient jdbc;
    private final DeliveryRows rows;
    private final Instances instances;
    private final DeliveryCounts counts;
    private final Reconciliation reconciliation;
    private final Clock clock;

    Numbers(
            JdbcClient jdbc,
            DeliveryRows rows,
            Instances instances,
            DeliveryCounts counts,
            Reconciliation reconciliation,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.instances = instances;
        this.counts = counts;
        this.reconciliation = reconciliation;
        this.clock = clock;
    }

    private static final class Sum {

        private final Map<String, Long> counts = new LinkedHashMap<>();
        private boolean more;
        private @Nullable Instant oldest;

        private Sum() {
            List.of("due", "retry", "held", "dead").forEach(name -> counts.put(name, 0L));
        }

        private void add(String name, Found found) {
            counts.merge(name, found.count(), Long::sum);
            more |= found.count() >= MOST;
            if (oldest == null || found.oldest().isBefore(oldest)) {
                oldest = found.oldest();
            }
        }

        private Map<String, Object> view(Instant now) {
            var view = new LinkedHashMap<String, Object>(counts);
            view.put("oldestAge", oldest == null ? 0 : Math.max(0, Duration.between(oldest, now).toSeconds()));
            if (more) {
                view.put("atLeast", true);
            }
            return view;
        }
    }

    private record Found(long count, Instant oldest) {}

    /** @param only the instance of the caller's token; null: all, and what this node did */
    Map<String, Object> tell(@Nullable Long only) {
        var now = clock.instant();
        var all = new Sum();
        var each = new TreeMap<Long, Sum>();
        for (var status : OWED) {
            var current = instances.readable(rows.lanes(status).keySet());
            current.values().stream().filter(instance -> only == null || only == instance.id()).forEach(instance ->
                    found(status, instance.id()).forEach(found -> {
                        all.add(name(status, instance), found);
                        each.computeIfAbsent(instance.id(), id -> new Sum()).add(name(status, instance), found);
                    }));
        }
        var view = all.view(now);
        view.put("recoveredByPoll", reconciliation.recoveredByPoll(now.minus(LATELY), only));
        if (only == null) {
            view.put("attempts", counts.attempts());
            view.put("latency", counts.latency());
        }
        var list = new ArrayList<Map<String, Object>>();
        each.forEach((id, sum) -> {
            var one = new LinkedHashMap<String, Object>(Map.of("instanceId", id));
            one.putAll(sum.view(now));
            list.add(one);
        });
        view.put("instances", list);
        return view;
    }

    /** What was given up is dead, all else of an instance that gets nothing is held. */
    private static String name(String status, Instance instance) {
        if (status.equals("queued")) {
            return "dead";
        }
        return instance.delivers() ? status.equals("due") ? "due" : "retry" : "held";
    }

    private List<Found> found(String status, long instanceId) {
        return jdbc.sql("""
                select count(*) as number, min(first.created_at) as oldest
                from (select created_at from delivery where status = :status and instance_id = :instance
                      order by status, instance_id, next_attempt_at, id limit :most) first
                """)
                .param("status", status).param("instance", instanceId).param("most", MOST)
                .query((row, number) -> {
                    var oldest = row.getObject("oldest", OffsetDateTime.class);
                    return new Found(row.getLong("number"), oldest == null ? Instant.MAX : oldest.toInstant());
                })
                .list().stream().filter(found -> found.count() > 0).toList();
    }
}
