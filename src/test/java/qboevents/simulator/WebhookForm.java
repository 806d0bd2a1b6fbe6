// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** How events are written. */
public enum WebhookForm {
    /** An array in which every event stands for itself. */
    CLOUD_EVENTS("application/cloudevents+json", WebhookForm::cloudEvents),
    /** What Intuit sent until July 2026: one element for each company, and no ids. */
    LEGACY("application/json; charset=utf-8", WebhookForm::legacy);

    private static final DateTimeFormatter TIME = time(9);
    private static final DateTimeFormatter LEGACY_TIME = time(3);
    private static final Map<String, String> OPERATIONS = Map.of(
            "created", "Create", "updated", "Update", "deleted", "Delete", "merged", "Merge", "emailed", "Emailed",
            "void", "Void");

    private final String contentType;
    private final BiFunction<List<WebhookEvent>, WebhookMoods, JsonNode> write;

    WebhookForm(String contentType, BiFunction<List<WebhookEvent>, WebhookMoods, JsonNode> write) {
        this.contentType = contentType;
        this.write = write;
    }

    String contentType() {
        return contentType;
    }

    byte[] bytes(List<WebhookEvent> events, WebhookMoods moods) {
        return Json.bytes(write.apply(events, moods));
    }

    private static JsonNode cloudEvents(List<WebhookEvent> events, WebhookMoods moods) {
        var array = Json.object().arrayNode();
        for (var event : events) {
            var type = "qbo." + event.entity().toLowerCase(Locale.ROOT) + "." + moods.spell(event.word()) + ".v1";
            var element = array.addObject()
                    .put("specversion", "1.0")
                    .put("id", event.id())
                    .put("source", "intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=")
                    .put("type", type)
                    .put("datacontenttype", "application/json")
                    .put("time", TIME.format(event.time()))
                    .put("intuitentityid", event.objectId())
                    .put("intuitaccountid", event.realmId());
            var data = element.putObject("data");
            event.deletedId().ifPresent(loser -> data.put(moods.deletedIdKey(), loser));
        }
        return array;
    }

    private static JsonNode legacy(List<WebhookEvent> events, WebhookMoods moods) {
        var body = Json.object();
        var notifications = body.putArray("eventNotifications");
        var byRealm = new HashMap<String, ArrayNode>();
        for (var event : events) {
            var element = byRealm.computeIfAbsent(event.realmId(), realm -> notifications.addObject()
                            .put("realmId", realm).putObject("dataChangeEvent").putArray("entities"))
                    .addObject()
                    .put("name", event.entity())
                    .put("id", event.objectId())
                    .put("operation", moods.spellLegacy(OPERATIONS.getOrDefault(event.word(), event.word())))
                    .put("lastUpdated", LEGACY_TIME.format(event.time()));
            event.deletedId().ifPresent(loser -> element.put("deletedId", loser));
        }
        return body;
    }

    private static DateTimeFormatter time(int digits) {
        return new DateTimeFormatterBuilder()
                .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
                .appendFraction(ChronoField.NANO_OF_SECOND, 3, digits, true)
                .appendLiteral('Z')
                .toFormatter()
                .withZone(ZoneOffset.UTC);
    }
}
