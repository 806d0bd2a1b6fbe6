// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.Page;
import qboevents.http.Query;

/** {@code GET /webhooks/quickbooks/unreadable}: the newest first, a page at a time. */
@Component
class UnreadableList {

    private static final int BEGINNING = 200; // characters, each of four bytes at most

    private final JdbcClient jdbc;

    UnreadableList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param beginning of the body, as text */
    record Entry(long id, String receivedAt, String reason, long size, String beginning) {}

    Page page(@Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        int size = query.pageSize();
        var entries = before(query.first("nextPageToken").map(UnreadableList::position).orElse(Long.MAX_VALUE), size + 1);
        var page = entries.subList(0, Math.min(size, entries.size()));
        var next = page.size() < entries.size() ? Long.toString(page.get(page.size() - 1).id()) : null;
        long total = jdbc.sql("select count(*) from unreadable_webhook").query(Long.class).single();
        return new Page(page, total, next);
    }

    private List<Entry> before(long id, int most) {
        return jdbc.sql("""
                select id, received_at, reason, octet_length(body) as size, substring(body from 1 for :beginning) as beginning
                from unreadable_webhook
                where id < :id
                order by id desc
                limit :most
                """)
                .param("beginning", BEGINNING * 4)
                .param("id", id)
                .param("most", most)
                .query((row, number) -> new Entry(
                        row.getLong("id"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant().toString(),
                        row.getString("reason"),
                        row.getLong("size"),
                        text(row.getBytes("beginning"))))
                .list();
    }

    private static String text(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return text.length() <= BEGINNING ? text : text.substring(0, BEGINNING);
    }

    private static long position(String token) {
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw new ApiException(400, "nextPageToken is not one that an answer gave");
        }
    }

    /** As it came. */
    byte[] body(@Nullable String id) {
        return jdbc.sql("select body from unreadable_webhook where id = :id")
                .param("id", id != null && id.matches("\\d{1,18}") ? Long.parseLong(id) : -1)
                .query((row, number) -> row.getBytes(1))
                .optional()
                .orElseThrow(() -> new ApiException(404, "There is no unreadable webhook of this id, or none any more"));
    }
}
