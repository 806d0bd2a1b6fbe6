// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import qboevents.event.Event;
import qboevents.event.Operation;

/** One CloudEvents 1.0 event in structured JSON. */
final class CloudEvent {

    private CloudEvent() {}

    static byte[] write(Delivery delivery, String eventId) {
        var event = delivery.events().get(0);
        var json = new RawJson();
        json.object(() -> {
            json.text("specversion", "1.0");
            json.text("id", eventId);
            json.text("source", "/instances/" + delivery.instance().id());
            json.text("type", "quickbooks." + delivery.resource() + "." + word(event));
            json.text("subject", event.objectId());
            json.text("time", event.changedAt().truncatedTo(ChronoUnit.SECONDS).toString());
            json.text("datacontenttype", "application/json");
            if (isUnlisted(event)) {
                json.text("operation", event.operation());
            }
            json.member("data", event.record());
        });
        return json.bytes();
    }

    private static String word(Event event) {
        return event.operation() == null || isUnlisted(event) ? event.type().toLowerCase(Locale.ROOT) : event.operation();
    }

    /** Our types have no word for it, so it is an extension attribute: receivers know the types. */
    private static boolean isUnlisted(Event event) {
        return Operation.DEACTIVATED.word().equals(event.operation());
    }
}
