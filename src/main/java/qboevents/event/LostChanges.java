// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import static qboevents.database.SqlTime.utc;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.event.EventRows.Row;

/**
 * Looks whether anything that a poll told is missing in the log after all was kept. By its own statement, which shares nothing
 * with what decides what is left out, so that a defect there is seen here.
 */
@Component
class LostChanges {

    private static final Logger log = LoggerFactory.getLogger(LostChanges.class);
    private static final int BATCH = 1000;
    private static final String OF_THE_OBJECT =
            " from event e where e.instance_id = :instance and e.resource = :resource and e.object_id = o.object_id";

    private final JdbcTemplate batches;
    private final JdbcClient jdbc;

    LostChanges(JdbcTemplate batches, JdbcClient jdbc) {
        this.batches = batches;
        this.jdbc = jdbc;
    }

    /**
     * What the log has of an object.
     *
     * @param newest the highest SyncToken; -1: none is a number
     * @param deletedAt null: it is told of no deletion
     */
    private record Known(long newest, Instant changedAt, @Nullable Instant deletedAt) {

        private boolean covers(Row row) {
            if (row.deleted()) {
                return deletedAt != null;
            }
            long number = LatestStates.number(row.event().syncToken());
            return number >= 0 && newest >= number
                    || deletedAt != null && !deletedAt.isBefore(row.event().changedAt())
                    || number < 0 && !changedAt.isBefore(row.event().changedAt());
        }
    }

    /** @param rows of one resource of one instance, of which the log does not hold the very state that was told */
    void look(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var known = known(rows);
        var lost = rows.stream()
                .filter(row -> !known.containsKey(row.event().objectId()) || !known.get(row.event().objectId()).covers(row))
                .toList();
        if (!lost.isEmpty()) {
            keep(lost);
        }
    }

    private Map<String, Known> known(List<Row> rows) {
        var known = new HashMap<String, Known>();
        jdbc.sql("""
                select o.object_id, (select max(e.changed_at)%1$s) as changed_at,
                       (select max(case when e.event_type = 'DELETED' then e.changed_at end)%1$s) as deleted_at,
                       (select max(case when char_length(e.sync_token) <= 18 then lpad(e.sync_token, 18, '0') end)%1$s) as newest
                from unnest(cast(:objects as varchar array)) as o(object_id)
                """.formatted(OF_THE_OBJECT))
                .param("instance", rows.get(0).changes().instanceId())
                .param("resource", rows.get(0).changes().resource())
                .param("objects", rows.stream().map(row -> row.event().objectId()).distinct().toArray(String[]::new))
                .query(row -> {
                    var changedAt = row.getObject("changed_at", OffsetDateTime.class);
                    var deletedAt = row.getObject("deleted_at", OffsetDateTime.class);
                    if (changedAt != null) {
                        known.put(row.getString("object_id"), new Known(LatestStates.number(row.getString("newest")),
                                changedAt.toInstant(), deletedAt == null ? null : deletedAt.toInstant()));
                    }
                });
        return known;
    }

    /** Each once, however often polls tell of it. */
    private void keep(List<Row> lost) {
        batches.batchUpdate(
                """
                insert into lost_change (instance_id, resource, object_id, version, event_type, found_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                lost,
                BATCH,
                (statement, row) -> {
                    statement.setLong(1, row.changes().instanceId());
                    statement.setString(2, row.changes().resource());
                    statement.setString(3, row.event().objectId());
                    statement.setString(4, row.version());
                    statement.setString(5, row.event().type());
                    statement.setObject(6, utc(row.recordedAt()));
                });
        log.error("instance {} {}: a poll told of changes that the log does not hold, which must not be: {}",
                lost.get(0).changes().instanceId(), lost.get(0).changes().resource(), lost.stream().map(Row::key).toList());
    }
}
