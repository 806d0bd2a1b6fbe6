// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import qboevents.event.Event;

/** The notification of Cloud Elements and SAP Open Connectors, as recorded from the wire. */
final class OpenConnectors {

    /** The form of {@code java.util.Date.toString()}, which theirs is. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.US).withZone(ZoneOffset.UTC);

    private OpenConnectors() {}

    static byte[] write(Delivery delivery, String eventId) {
        var json = new RawJson();
        json.object(() -> {
            json.text("severity", "medium");
            json.text("createdDate", DATE.format(delivery.createdAt()));
            json.text("topic", "instance-" + delivery.instance().id() + "-quickbooks-events");
            json.text("action", "create");
            json.text("id", Long.toString(delivery.id()));
            json.object("message", () -> message(json, delivery, eventId));
            json.text("user", "notifications@quickbooks-events");
        });
        return json.bytes();
    }

    private static void message(RawJson json, Delivery delivery, String eventId) {
        var instance = delivery.instance();
        json.text("elementKey", "quickbooks");
        json.number("accountId", 1);
        json.text("eventId", eventId);
        json.number("companyId", 1);
        json.number("instanceId", instance.id());
        json.number("instance_id", instance.id());
        json.text("instanceName", instance.name());
        json.texts("instanceTags", instance.tags());
        json.object("raw", () -> raw(json, delivery));
        json.number("userId", 1);
        json.array("events", () -> delivery.events().forEach(event -> json.object(() -> event(json, delivery, event))));
    }

    private static void raw(RawJson json, Delivery delivery) {
        json.array(delivery.resource(), () -> delivery.events().forEach(event -> json.raw(event.record())));
        var polledAt = delivery.events().get(0).polledAt();
        if (polledAt != null) {
            json.number("pollDate", polledAt.truncatedTo(ChronoUnit.SECONDS).toEpochMilli());
        }
        json.text("objectType", delivery.resource());
    }

    private static void event(RawJson json, Delivery delivery, Event event) {
        json.text("date", second(event.changedAt()));
        json.text("elementKey", "quickbooks");
        if (event.polledAt() != null) {
            json.text("pollDate", second(event.polledAt()));
        }
        json.text("eventType", event.type());
        json.text("hubKey", "finance");
        json.text("objectId", event.objectIdAndState());
        json.text("objectType", delivery.resource());
    }

    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
