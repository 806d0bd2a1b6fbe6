// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Ids of the log, taken from the database a thousand at a time. Asked in order, they grow; a block that a killed process
 * had not used up stays a gap.
 */
@Component
class Ids {

    static final int BLOCK = 1000;

    private final JdbcClient jdbc;
    private long next;
    private long end;

    Ids(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The first of so many neighbouring ids. */
    synchronized long take(int count) {
        if (count > BLOCK) {
            throw new IllegalArgumentException("At most " + BLOCK + " ids at once, not " + count);
        }
        if (next + count > end) {
            next = jdbc.sql("select nextval('event_id')").query(Long.class).single();
            end = next + BLOCK;
        }
        var first = next;
        next += count;
        return first;
    }
}
