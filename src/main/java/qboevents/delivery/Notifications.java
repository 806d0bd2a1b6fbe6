// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Clock;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Component;

/** Puts a delivery's rows together into what is sent. */
@Component
class Notifications {

    private final EventIds eventIds;
    private final Clock clock;

    Notifications(EventIds eventIds, Clock clock) {
        this.eventIds = eventIds;
        this.clock = clock;
    }

    Notification compose(Delivery delivery) {
        var callback = delivery.instance().events().callback();
        if (callback == null) {
            throw new IllegalStateException("the instance has no callback URL: set event.notification.callback.url");
        }
        var eventId = eventIds.of(delivery.id());
        // One CloudEvent is one POST; a run that was cut before the format was changed keeps the form it was cut for.
        boolean cloudEvent = callback.format().equals("cloudevents") && delivery.events().size() == 1;
        var body = cloudEvent ? CloudEvent.write(delivery, eventId) : OpenConnectors.write(delivery, eventId);
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", cloudEvent ? "application/cloudevents+json" : "application/json");
        headers.put("Elements-Webhook-Id", eventId);
        var now = clock.instant();
        var keys = callback.signatureKeys().at(now);
        if (!keys.isEmpty()) {
            headers.putAll(CallbackSignature.headers(keys, eventId, now, body));
        }
        var url = callback.url() == null ? null : callback.url().toString();
        return new Notification(url, callback.headers(), headers, delivery.instance().id(), delivery.key(),
                delivery.traceparent(), body, delivery.endBefore());
    }
}
