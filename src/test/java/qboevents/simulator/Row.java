// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** One state of one record. */
record Row(String id, int syncToken, Instant created, Instant updated, boolean active, Body body)
        implements Shown {

    /** Oldest change first; within one second in an order that stays but is not that of the ids. */
    static final Comparator<Row> BY_UPDATE =
            Comparator.comparing(Row::updated).thenComparingInt(Row::scatter).thenComparing(Row::id);

    static final Comparator<String> BY_ID =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private static final Body NOTHING = Body.of(Json.object());
    private static final List<String> HEAD = List.of("domain", "sparse", "Id", "SyncToken", "MetaData");

    /** Stands before every row of that second, to look up a range. */
    static Row before(Instant second) {
        return new Row("", 0, second, second, true, NOTHING);
    }

    Row changed(Instant now, boolean stillActive, Body newBody) {
        return new Row(id, syncToken + 1, created, now, stillActive, newBody);
    }

    @Override
    public void write(ByteArrayOutputStream out) {
        var head = "{\"domain\":\"QBO\",\"sparse\":false,\"Id\":\"" + id + "\",\"SyncToken\":\"" + syncToken
                + "\",\"MetaData\":{\"CreateTime\":\"" + PacificTime.seconds(created) + "\",\"LastUpdatedTime\":\""
                + PacificTime.seconds(updated) + "\"},";
        out.writeBytes(head.getBytes(UTF_8));
        body.write(id.getBytes(UTF_8), out);
        out.write('}');
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream(2048);
        write(out);
        return out.toByteArray();
    }

    ObjectNode json() {
        return (ObjectNode) Json.read(bytes());
    }

    /** What a user can change. */
    ObjectNode fields() {
        return json().remove(HEAD);
    }

    private int scatter() {
        return id.isEmpty() ? Integer.MIN_VALUE : id.hashCode() * 0x9E3779B9;
    }
}
