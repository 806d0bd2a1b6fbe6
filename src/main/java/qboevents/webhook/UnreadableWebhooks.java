// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import static qboevents.database.SqlTime.utc;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.database.GroupCommit;

/** Keeps what could not be read, for somebody to look at. Intuit is not asked to send it again: it would, for ever. */
@Component
class UnreadableWebhooks {

    static final int MOST = 1000;

    private static final Logger log = LoggerFactory.getLogger(UnreadableWebhooks.class);
    private static final int MOST_IN_ONE_COMMIT = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final WebhookCounts counts;
    private final GroupCommit<List<Unreadable>, Boolean> together;

    UnreadableWebhooks(JdbcTemplate jdbc, TransactionTemplate transaction, Clock clock, WebhookCounts counts) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.counts = counts;
        this.together = new GroupCommit<>("unreadable-webhooks", MOST_IN_ONE_COMMIT, PATIENCE, this::write);
    }

    /** Returns when it is on disk. */
    void keep(List<Unreadable> unreadable) {
        if (!unreadable.isEmpty()) {
            together.submit(unreadable);
            counts.unreadable(unreadable.size());
            unreadable.forEach(each -> log.warn("A webhook from QuickBooks, or a part of one, {}; its {} bytes are kept, see"
                    + " GET /webhooks/quickbooks/unreadable", each.reason(), each.body().length));
        }
    }

    private List<Boolean> write(List<List<Unreadable>> all) {
        transaction.executeWithoutResult(status -> {
            insert(all.stream().flatMap(Collection::stream).toList());
            jdbc.update("""
                    delete from unreadable_webhook
                    where id <= (select id from unreadable_webhook order by id desc limit 1 offset ?)
                    """, MOST);
        });
        return Collections.nCopies(all.size(), true);
    }

    private void insert(List<Unreadable> all) {
        var now = utc(clock.instant());
        jdbc.batchUpdate("""
                insert into unreadable_webhook (id, received_at, reason, body)
                values (nextval('unreadable_webhook_id'), ?, ?, ?)
                """, all, all.size(), (row, each) -> {
            row.setObject(1, now);
            row.setString(2, each.reason());
            row.setBytes(3, each.body());
        });
    }

    @PreDestroy
    void close() {
        together.close();
    }
}
