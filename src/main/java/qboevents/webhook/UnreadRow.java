// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.Instant;

/**
 * A notice as it waits in the database.
 *
 * @param toldAt when it came, on our clock
 * @param failures to read its record, in a row
 */
record UnreadRow(long id, Unread unread, Instant toldAt, int failures) {

    Notice notice() {
        return unread.notice();
    }

    /** Intuit's clock, or ours where Intuit told no time. */
    Instant time() {
        var time = notice().time();
        return time == null ? toldAt : time;
    }
}
