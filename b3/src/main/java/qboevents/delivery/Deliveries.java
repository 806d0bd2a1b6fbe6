// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.event.Run;

/** What is owed. */
@Component
public class Deliveries {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    Deliveries(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** One delivery for each run, in the transaction that keeps its events. */
    void owe(List<Run> runs) {
        if (runs.isEmpty()) {
            return;
        }
        batches.batchUpdate(
                """
                insert into delivery (id, last_event_id, instance_id, resource, status, attempts, next_attempt_at, created_at)
                values (?, ?, ?, ?, 'due', 0, ?, ?)
                """,
                runs,
                runs.size(),
                (row, run) -> {
                    row.setLong(1, run.firstId());
                    row.setLong(2, run.lastId());
                    row.setLong(3, run.instanceId());
                    row.setString(4, run.resource());
                    row.setObject(5, utc(run.recordedAt()));
                    row.setObject(6, utc(run.recordedAt()));
                });
    }

    /** Of an instance that is gone: there is nobody left to send to. The log keeps the events. */
    public void forget(long instanceId) {
        jdbc.sql("delete from delivery where instance_id = :instance").param("instance", instanceId).update();
    }
}
