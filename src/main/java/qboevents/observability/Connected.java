// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How the connected companies are doing, all nodes together. Cursors of a resource that no route of this node is to poll
 * rest, and are neither late nor failing: its block was taken out of the routes, or has {@code autoStartup: false}.
 *
 * @param instances that there are
 * @param reconnect whose users have to authorize again
 * @param paused resources that are not polled until somebody resumes them, after too many failures in a row
 * @param failing resources whose last poll failed
 * @param oldestDue when the poll was due that is waited for longest; null: none is late
 */
record Connected(long instances, long reconnect, long paused, long failing, @Nullable Instant oldestDue) {

    static Connected read(JdbcClient jdbc, Collection<String> polled) {
        return jdbc.sql("""
                select (select count(*) from instance where deleted_at is null) as instances,
                       (select count(*) from oauth_token t join instance i on i.id = t.instance_id
                        where t.broken is not null and i.deleted_at is null) as reconnect,
                       count(c.paused_at) as paused,
                       count(case when c.failures > 0 then 1 end) as failing,
                       min(case when c.paused_at is null then c.due_at end) as oldest_due
                from poll_cursor c join instance i on i.id = c.instance_id
                where i.deleted_at is null and i.enabled and i.polls and c.resource = any(:polled)
                """)
                .param("polled", polled.toArray(String[]::new))
                .query((row, number) -> {
                    var due = row.getObject("oldest_due", OffsetDateTime.class);
                    return new Connected(row.getLong("instances"), row.getLong("reconnect"), row.getLong("paused"),
                            row.getLong("failing"), due == null ? null : due.toInstant());
                })
                .single();
    }
}
