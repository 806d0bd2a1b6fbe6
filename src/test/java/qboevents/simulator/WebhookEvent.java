// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One event as Intuit tells it, or one made by hand: {@code WebhookEvent.of("42", "Invoice", "7", "created", now)}.
 *
 * @param id stays the same when the event is sent again
 * @param entity as in the company API; nothing has to know it
 * @param word lower case, {@code void} for voided; nothing has to know it
 * @param deletedId the record that was merged into this one
 */
public record WebhookEvent(
        String id, String realmId, String entity, String objectId, String word, Instant time,
        Optional<String> deletedId) {

    public static WebhookEvent of(String realmId, String entity, String objectId, String word, Instant time) {
        return new WebhookEvent(
                UUID.randomUUID().toString(), realmId, entity, objectId, word, time, Optional.empty());
    }

    static WebhookEvent of(String realmId, Change change, Instant time) {
        return of(realmId, change.entity(), change.id(), word(change.kind()), time)
                .withId(idOf(realmId, change)).merging(change.deletedId());
    }

    /** By which a test knows in a notification what it wrote into the books. */
    public static String idOf(String realmId, Change change) {
        var name = String.join("/", realmId, change.entity(), change.objectId(), change.kind().name());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    public WebhookEvent withId(String otherId) {
        return new WebhookEvent(otherId, realmId, entity, objectId, word, time, deletedId);
    }

    public WebhookEvent merging(String loserId) {
        return merging(Optional.of(loserId));
    }

    private WebhookEvent merging(Optional<String> loserId) {
        return new WebhookEvent(id, realmId, entity, objectId, word, time, loserId);
    }

    /** Intuit has no word for what was made inactive, and all its words but one are past tense. */
    private static String word(Change.Kind kind) {
        return switch (kind) {
            case DEACTIVATED -> "updated";
            case VOIDED -> "void";
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }
}
