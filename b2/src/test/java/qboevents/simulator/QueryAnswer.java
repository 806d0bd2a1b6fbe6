// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;

/** Answers as bytes, written once and without a tree; {@code time} is always the last member. */
final class QueryAnswer {

    private QueryAnswer() {}

    static Response page(Query query, List<Row> rows, Instant now) {
        var out = new ByteArrayOutputStream(256 + rows.size() * 2200);
        text(out, "{\"QueryResponse\":{");
        if (!rows.isEmpty()) {
            text(out, "\"" + query.entity().name() + "\":[");
            for (var i = 0; i < rows.size(); i++) {
                text(out, i == 0 ? "" : ",");
                rows.get(i).write(out);
            }
            text(out, "],\"startPosition\":" + query.start() + ",\"maxResults\":" + rows.size());
        }
        return ended(out, "}", now);
    }

    static Response total(long count, Instant now) {
        var out = new ByteArrayOutputStream();
        text(out, "{\"QueryResponse\":{\"totalCount\":" + count);
        return ended(out, "}", now);
    }

    static Response single(String entity, Row row, Instant now) {
        var out = new ByteArrayOutputStream(4096);
        text(out, "{\"" + entity + "\":");
        row.write(out);
        return ended(out, "", now);
    }

    private static Response ended(ByteArrayOutputStream out, String closing, Instant now) {
        text(out, closing + ",\"time\":\"" + PacificTime.millis(now) + "\"}");
        return Response.json(200, out.toByteArray());
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(UTF_8));
    }
}
