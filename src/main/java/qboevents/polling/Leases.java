// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import static qboevents.database.SqlTime.utc;

import java.time.Clock;
import java.time.Instant;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.database.Database;
import qboevents.instance.Node;

/**
 * What the tables of cursors, companies and comparisons have in common: {@code claim}, {@code leased_by} and {@code leased_until}
 * say who is at a row, and until when nobody else is.
 */
@Component
class Leases {

    private final JdbcClient jdbc;
    private final Database database;
    private final PollingSettings settings;
    private final Node node;
    private final Clock clock;

    Leases(JdbcClient jdbc, Database database, PollingSettings settings, Node node, Clock clock) {
        this.jdbc = jdbc;
        this.database = database;
        this.settings = settings;
        this.node = node;
        this.clock = clock;
    }

    /** Keeps what this node holds from being taken over; what was taken over stays so. */
    void renew(String table, LongStream claims) {
        var numbers = claims.distinct().boxed().toArray(Long[]::new);
        if (numbers.length > 0) {
            jdbc.sql("update " + table + " set leased_until = :until"
                            + " where claim = any(:claims) and leased_by = :node and leased_until > :now")
                    .param("until", utc(clock.instant().plus(settings.lease())))
                    .param("claims", numbers)
                    .param("node", node.name())
                    .param("now", utc(clock.instant()))
                    .update();
        }
    }

    /** What a process of the same name held when it died is free at once; all of it where no other process can be. */
    void freeOwn(String table) {
        jdbc.sql("update " + table + " set leased_until = :past where (:alone or leased_by = :node) and leased_until > :past")
                .param("alone", database.ownedByThisProcess())
                .param("past", utc(Instant.EPOCH))
                .param("node", node.name())
                .update();
    }
}
