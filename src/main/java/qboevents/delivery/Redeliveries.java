// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.database.AfterCommit;
import qboevents.event.Run;
import qboevents.http.ApiException;

/**
 * Sends an event again when an operator asks for it: the notification that it is in, under the same ids. Also where the
 * subscription is held; only not before an older state of the same object that is still owed.
 */
@Component
class Redeliveries {

    private final JdbcClient jdbc;
    private final DeliveryRows rows;
    private final TransactionTemplate transaction;
    private final EventIds eventIds;
    private final DeliveryLanes lanes;
    private final Clock clock;

    Redeliveries(JdbcClient jdbc, DeliveryRows rows, TransactionTemplate transaction, EventIds eventIds, DeliveryLanes lanes,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.transaction = transaction;
        this.eventIds = eventIds;
        this.lanes = lanes;
        this.clock = clock;
    }

    void redeliver(long instanceId, @Nullable String eventId) {
        var id = eventIds.id(eventId);
        // A run's first event may have been known already: then the run has the id of an event that is not there.
        var run = jdbc.sql("""
                select delivery_id from event
                where id between :id and :id + :most and instance_id = :instance and (id = :id or delivery_id = :id) limit 1
                """)
                .param("id", id.orElse(-1)).param("most", Run.MOST).param("instance", instanceId).query(Long.class).optional()
                .orElseThrow(() -> new ApiException(404, "There is no event " + eventId + " of instance " + instanceId));
        transaction.executeWithoutResult(status -> {
            if (owed(run) == 0) {
                rows.repeat("repeat", run, clock.instant());
            }
            AfterCommit.run(() -> lanes.expect(instanceId));
        });
    }

    private int owed(long run) {
        return jdbc.sql("""
                update delivery set status = case when status in ('repeat', 'replay') then 'repeat' else :status end,
                                    attempts = 0, next_attempt_at = :now
                where id = :id
                """)
                .param("status", olderIsOwed(run) ? "retry" : "again")
                .param("now", utc(clock.instant()))
                .param("id", run)
                .update();
    }

    private boolean olderIsOwed(long run) {
        return jdbc.sql("""
                select 1
                from event mine
                join event other on other.instance_id = mine.instance_id and other.resource = mine.resource
                                and other.object_id = mine.object_id and other.delivery_id <> mine.delivery_id
                join delivery d on d.id = other.delivery_id
                where mine.id between :run and :run + :most and mine.delivery_id = :run and other.recorded_at <= mine.recorded_at
                  and d.status not in ('repeat', 'replay')
                  and (other.recorded_at < mine.recorded_at or other.id < mine.id)
                limit 1
                """).param("run", run).param("most", Run.MOST).query(Integer.class).optional().isPresent();
    }
}
