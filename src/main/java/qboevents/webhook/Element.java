// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import qboevents.event.Operation;

/** What one element of a body has said so far, while it is read. */
final class Element {

    private static final int LONGEST = 255;

    @Nullable String realmId;
    @Nullable String entity;
    @Nullable String operation;
    @Nullable String objectId;
    @Nullable String deletedId;
    @Nullable String time;
    byte[] bytes = {};

    /** @param type {@code qbo.invoice.created.v1} */
    void type(@Nullable String type) {
        var words = type == null ? new String[0] : type.split("\\.", 4);
        entity = words.length > 1 ? words[1] : null;
        operation = words.length > 2 ? words[2] : null;
    }

    /** Why nothing can be told from it. */
    Optional<String> fault() {
        if (missing(realmId) || missing(objectId) || missing(entity)) {
            return Optional.of("names no company, no entity or no id");
        }
        if (strange(realmId) || strange(objectId) || deletedId != null && strange(deletedId)) {
            return Optional.of("has an id that is none");
        }
        return Optional.empty();
    }

    private static boolean missing(@Nullable String text) {
        return text == null || text.isBlank();
    }

    /** The databases refuse some of these, and would refuse all that is written together with it. */
    private static boolean strange(String id) {
        return id.length() > LONGEST || id.chars().anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
    }

    Operation did() {
        return switch (operation == null ? "" : operation.toLowerCase(Locale.ROOT)) {
            case "created", "create" -> Operation.CREATED;
            case "updated", "update" -> Operation.UPDATED;
            case "deleted", "delete" -> Operation.DELETED;
            case "merged", "merge" -> Operation.MERGED;
            case "emailed" -> Operation.EMAILED;
            case "voided", "void" -> Operation.VOIDED;
            default -> Operation.UNKNOWN;
        };
    }

    /** Of a merge: the record that is no more. */
    Optional<String> loser() {
        return did() == Operation.MERGED && !missing(deletedId) ? Optional.of(deletedId) : Optional.empty();
    }
}
