// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the log knows of objects so far. */
@Component
public class LatestStates {

    private final JdbcClient jdbc;

    LatestStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param id of the event that was recorded last
     * @param newest the highest SyncToken; -1: none is a number
     * @param shows what every later state will show too; null: nothing
     */
    public record State(long id, long newest, String type, @Nullable String shows, Instant changedAt) {

        public boolean deleted() {
            return type.equals(EventType.DELETED.name());
        }
    }

    // Not by the highest id: each node takes ids in blocks, so one that was idle may write lower ones than another did before.
    // A row of each object by the index, however many it has had, and those of ten minutes for its SyncToken: nothing lower than what
    // the log has is written, but by transactions that could not see each other. H2 needs the whole order to go by the index, and a
    // join for any(…), for which it reads all of a resource.
    /** By object; what the log does not know is missing. */
    public Map<String, State> of(long instanceId, String resource, Collection<String> objects) {
        var states = new HashMap<String, State>();
        jdbc.sql("""
                select latest.id, latest.object_id, latest.event_type, latest.shows, latest.changed_at,
                       (select max(case when char_length(e.sync_token) <= 18 then lpad(e.sync_token, 18, '0') end)
                        from event e
                        where e.instance_id = :instance and e.resource = :resource and e.object_id = latest.object_id
                          and e.recorded_at >= (
                              select n.recorded_at from event n
                              where n.instance_id = :instance and n.resource = :resource and n.object_id = latest.object_id
                                and n.sync_token is not null
                              order by n.instance_id desc, n.resource desc, n.object_id desc, n.recorded_at desc, n.id desc
                              limit 1) - interval '10' minute) as newest
                from (select (select e.id from event e
                              where e.instance_id = :instance and e.resource = :resource and e.object_id = o.object_id
                              order by e.instance_id desc, e.resource desc, e.object_id desc, e.recorded_at desc, e.id desc
                              limit 1) as id
                      from unnest(cast(:objects as varchar array)) as o(object_id)) newest
                join event latest on latest.id = newest.id
                """)
                .param("instance", instanceId)
                .param("resource", resource)
                .param("objects", objects.toArray(String[]::new))
                .query(row -> {
                    states.put(row.getString("object_id"), new State(
                            row.getLong("id"),
                            number(row.getString("newest")),
                            row.getString("event_type"),
                            row.getString("shows"),
                            row.getObject("changed_at", OffsetDateTime.class).toInstant()));
                });
        return states;
    }

    /** -1 for what is no number. */
    static long number(@Nullable String syncToken) {
        return syncToken != null && syncToken.matches("\\d{1,18}") ? Long.parseLong(syncToken) : -1;
    }
}
