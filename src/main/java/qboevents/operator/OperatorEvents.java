// SPDX-License-Identifier: Apache-2.0
package qboevents.operator;

import java.sql.Types;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.database.AfterCommit;
import qboevents.database.SqlTime;

/** Tells an operator. Called in the transaction of what is told, so that both are kept or neither; logged after it. */
@Component
public class OperatorEvents {

    private static final Logger log = LoggerFactory.getLogger(OperatorEvents.class);

    private final JdbcClient database;
    private final Clock clock;

    public OperatorEvents(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param message what is so and what to do, whole sentences, no secrets */
    public void tell(Kind kind, long instanceId, String message) {
        keep(kind, instanceId, message);
    }

    /** Of what concerns the whole service. */
    public void tell(Kind kind, String message) {
        keep(kind, null, message);
    }

    private void keep(Kind kind, @Nullable Long instanceId, String message) {
        database.sql("""
                insert into operator_event (created_at, kind, instance_id, message)
                values (:now, :kind, :instance, :message)
                """)
                .param("now", SqlTime.utc(clock.instant()))
                .param("kind", kind.word())
                .param("instance", instanceId, Types.BIGINT)
                .param("message", message)
                .update();
        AfterCommit.run(() -> log.atLevel(kind.level()).log("{}: {}", kind.word(), message));
    }
}
