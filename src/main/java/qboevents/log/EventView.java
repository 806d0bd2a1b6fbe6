// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.delivery.EventIds;

/** An event as the API answers it. */
@Component
class EventView {

    static final String COLUMNS = """
            e.id, e.delivery_id, e.instance_id, e.resource, e.object_id, e.sync_token, e.event_type, e.changed_at,
            e.polled_at, e.recorded_at, e.record, d.status, d.next_attempt_at, d.last_error
            """;

    private final EventIds eventIds;

    EventView(EventIds eventIds) {
        this.eventIds = eventIds;
    }

    Map<String, Object> of(ResultSet row, boolean delivers) throws SQLException {
        var syncToken = row.getString("sync_token");
        var objectId = row.getString("object_id") + (syncToken == null ? "" : "|" + syncToken);
        var status = EventStatus.of(row.getString("status"), delivers);
        var view = new LinkedHashMap<String, Object>();
        view.put("id", eventIds.of(row.getLong("id")));
        view.put("eventDate", seconds(time(row, "recorded_at")));
        view.put("status", status.name());
        view.put("objectType", row.getString("resource"));
        view.put("objectId", objectId);
        view.put("eventType", row.getString("event_type"));
        view.put("instanceId", row.getLong("instance_id"));
        view.put("messageEventId", eventIds.of(row.getLong("delivery_id")));
        if (status == EventStatus.DISPATCHED) {
            view.put("nextAttemptDate", seconds(time(row, "next_attempt_at")));
        }
        if (row.getString("last_error") != null) {
            view.put("error", row.getString("last_error"));
        }
        view.put("providerData", new String(row.getBytes("record"), StandardCharsets.UTF_8));
        view.put("notifiedData", List.of(standardized(row, objectId)));
        return view;
    }

    /** As it stands among the events of the notification. */
    private static Map<String, Object> standardized(ResultSet row, String objectId) throws SQLException {
        var event = new LinkedHashMap<String, Object>();
        event.put("date", seconds(time(row, "changed_at")));
        event.put("elementKey", "quickbooks");
        if (time(row, "polled_at") != null) {
            event.put("pollDate", seconds(time(row, "polled_at")));
        }
        event.put("eventType", row.getString("event_type"));
        event.put("hubKey", "finance");
        event.put("objectId", objectId);
        event.put("objectType", row.getString("resource"));
        return event;
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static String seconds(@Nullable Instant time) {
        return String.valueOf(time == null ? null : time.truncatedTo(ChronoUnit.SECONDS));
    }
}
