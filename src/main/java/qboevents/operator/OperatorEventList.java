// SPDX-License-Identifier: Apache-2.0
package qboevents.operator;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.Page;
import qboevents.http.Query;

/** {@code GET /operator-events}: the newest first, a page at a time, of one instance or one kind when asked so. */
@Component
class OperatorEventList {

    private static final String WANTED = "(:any_instance or instance_id = :instance) and (:any_kind or kind = :kind)";

    private final JdbcClient database;

    OperatorEventList(JdbcClient database) {
        this.database = database;
    }

    /** @param instanceId null: it concerns the whole service */
    record Entry(long id, String createdDate, String kind, @Nullable Long instanceId, String message) {}

    Page page(@Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        int size = query.pageSize();
        var entries = wanted("""
                select id, created_at, kind, instance_id, message
                from operator_event
                where id < :before and %s
                order by id desc
                limit :most
                """, query)
                .param("before", query.first("nextPageToken").map(OperatorEventList::position).orElse(Long.MAX_VALUE))
                .param("most", size + 1)
                .query((row, number) -> new Entry(
                        row.getLong("id"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant().toString(),
                        row.getString("kind"),
                        row.getObject("instance_id", Long.class),
                        row.getString("message")))
                .list();
        long total = wanted("select count(*) from operator_event where %s", query).query(Long.class).single();
        return page(entries, size, total);
    }

    private static Page page(List<Entry> entries, int size, long total) {
        var page = entries.subList(0, Math.min(size, entries.size()));
        var next = page.size() < entries.size() ? Long.toString(page.get(page.size() - 1).id()) : null;
        return new Page(page, total, next);
    }

    private JdbcClient.StatementSpec wanted(String sql, Query query) {
        var instance = query.first("instanceId");
        var kind = query.first("kind");
        return database.sql(sql.formatted(WANTED))
                .param("any_instance", instance.isEmpty())
                .param("instance", instance.map(OperatorEventList::number).orElse(0L))
                .param("any_kind", kind.isEmpty())
                .param("kind", kind.map(OperatorEventList::known).map(Kind::word).orElse(""));
    }

    private static Kind known(String word) {
        return Kind.of(word).orElseThrow(() ->
                new ApiException(400, "kind must be one of " + String.join(", ", Kind.words())));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ApiException(400, "instanceId must be a number");
        }
    }

    private static long position(String token) {
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw new ApiException(400, "nextPageToken is not one that an answer gave");
        }
    }
}
