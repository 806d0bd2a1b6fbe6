// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event as a callback has seen it.
 *
 * @param eventId of the notification it came in
 * @param objectId {@code Id|SyncToken} where the SyncToken is known
 */
public record ReceivedEvent(String eventId, String objectType, String objectId, String eventType) {

    static ReceivedEvent notified(JsonNode message, JsonNode event) {
        return new ReceivedEvent(
                message.path("eventId").asText(),
                event.path("objectType").asText(),
                event.path("objectId").asText(),
                event.path("eventType").asText());
    }

    static ReceivedEvent cloudEvent(JsonNode event) {
        var type = event.path("type").asText().split("\\.");
        return new ReceivedEvent(
                event.path("id").asText(),
                type.length == 3 ? type[1] : "",
                event.path("subject").asText(),
                type[type.length - 1]);
    }

    /** The object id without its SyncToken. */
    public String id() {
        return objectId.split("\\|")[0];
    }
}
