// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.database.Database;

/**
 * Of those who keep something of one instance at the same time each sees what the one before has kept. A large page may wait, in the
 * middle of what it writes, for a row that another transaction writes too; without this a newer state could be kept meanwhile, and the
 * older one of the page be sent after it.
 */
@Component
class Turns {

    /** So that a number of ours is nobody else's: PostgreSQL has one space of them for all who use the database. */
    private static final int OURS = 0x71626f65;

    private static final String ON_POSTGRESQL = """
            select count(pg_advisory_xact_lock(%d, n)) from (select n from unnest(cast(? as integer array)) as o(n) order by n) turns
            """.formatted(OURS);
    private static final String ON_H2 = "select id from instance where id = any(?) order by id for update";

    private final JdbcClient jdbc;
    private final boolean advisory;

    Turns(JdbcClient jdbc, Database database) {
        this.jdbc = jdbc;
        this.advisory = database.notifies();
    }

    /** Waits until it is theirs, and keeps it until the transaction ends. */
    void await(Collection<Long> instanceIds) {
        if (advisory) {
            jdbc.sql(ON_POSTGRESQL).param(instanceIds.stream().map(Long::intValue).toArray(Integer[]::new)).query(Long.class).single();
        } else {
            jdbc.sql(ON_H2).param(instanceIds.toArray(Long[]::new)).query(Long.class).list();
        }
    }
}
