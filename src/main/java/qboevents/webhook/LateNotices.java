// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.event.Reconciliation;

/**
 * Finds the states that notices meant and that polls had told before. A notice names no state: its record, read later, may show
 * the next one, or nothing. So it is known by its time, which Intuit dates a little later than the record's.
 */
@Component
class LateNotices {

    private final JdbcClient jdbc;
    private final Reconciliation reconciliation;

    LateNotices(JdbcClient jdbc, Reconciliation reconciliation) {
        this.jdbc = jdbc;
        this.reconciliation = reconciliation;
    }

    /**
     * Before they are forgotten, so that a kill in between has it done again.
     *
     * @param rows of an instance that is polled too
     */
    void credit(Collection<UnreadRow> rows) {
        if (!rows.isEmpty()) {
            reconciliation.toldByWebhook(meant(rows));
        }
    }

    private List<Long> meant(Collection<UnreadRow> rows) {
        return jdbc.sql(
                        """
                        select meant.id
                        from (select (select e.id from event e
                                      where e.instance_id = u.instance_id and e.resource = u.resource
                                        and e.object_id = u.object_id and e.event_type <> 'DELETED'
                                        and e.changed_at <= coalesce(u.changed_at, u.told_at)
                                        and e.changed_at >= coalesce(u.changed_at, u.told_at) - interval '%d' second
                                      order by e.changed_at desc, e.id desc
                                      limit 1) as id
                              from unread_change u where u.id = any(:ids)) meant
                        where meant.id is not null
                        """.formatted(UnreadObject.DATED_LATER.toSeconds()))
                .param("ids", rows.stream().map(UnreadRow::id).toArray(Long[]::new))
                .query(Long.class)
                .list();
    }
}
