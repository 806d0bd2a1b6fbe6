// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.instance.Instance;
import qboevents.instance.Instances;

/**
 * What is owed by all nodes together, for those who watch: {@code due}, {@code retry} (tried, and again later; and what
 * waits behind that for the same receiver, which is not this service's to hurry), {@code held} (its instance gets nothing
 * now) and {@code dead} (given up until somebody releases it). Of one instance no more than {@link #MOST} of each status are
 * counted, so that asking costs little however long a backlog is.
 */
@Component
public class Backlog {

    static final int MOST = 10_000;

    private static final List<String> STATES = List.of("due", "retry", "held", "dead");
    private static final List<String> OWED = List.of("due", "retry", "again", "queued"); // a repetition is owed to nobody

    private final JdbcClient jdbc;
    private final DeliveryRows rows;
    private final Instances instances;

    Backlog(JdbcClient jdbc, DeliveryRows rows, Instances instances) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.instances = instances;
    }

    /**
     * @param count notifications
     * @param oldest when the events of the oldest were recorded; null: there is none
     */
    public record Part(long count, @Nullable Instant oldest) {

        static final Part NONE = new Part(0, null);

        Part plus(Part other) {
            boolean older = oldest == null || other.oldest != null && other.oldest.isBefore(oldest);
            return new Part(count + other.count, older ? other.oldest : oldest);
        }
    }

    /** Each state, also those of which there is nothing. */
    public Map<String, Part> read() {
        var parts = new LinkedHashMap<String, Part>();
        STATES.forEach(state -> parts.put(state, Part.NONE));
        var refused = rows.lanes("retry").keySet();
        for (var status : OWED) {
            instances.readable(rows.lanes(status).keySet()).values().forEach(instance ->
                    parts.merge(state(status, instance, refused), part(status, instance.id()), Part::plus));
        }
        return parts;
    }

    private static String state(String status, Instance instance, Set<Long> refused) {
        if (status.equals("queued")) {
            return "dead";
        }
        if (!instance.delivers()) {
            return "held";
        }
        return status.equals("due") && !refused.contains(instance.id()) ? "due" : "retry";
    }

    private Part part(String status, long instanceId) {
        return jdbc.sql("""
                select count(*) as number, min(first.created_at) as oldest
                from (select created_at from delivery where status = :status and instance_id = :instance
                      order by status, instance_id, next_attempt_at, id limit :most) first
                """)
                .param("status", status).param("instance", instanceId).param("most", MOST)
                .query((row, number) -> {
                    var oldest = row.getObject("oldest", OffsetDateTime.class);
                    return new Part(row.getLong("number"), oldest == null ? null : oldest.toInstant());
                })
                .single();
    }
}
