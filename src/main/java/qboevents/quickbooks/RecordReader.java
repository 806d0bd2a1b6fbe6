// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import qboevents.event.Change;
import qboevents.event.Operation;
import qboevents.event.ReadFailure;

/** Reads records: fields that we do not need are passed over, a record's bytes are kept as they came. */
final class RecordReader {

    private final RecordedStream stream;
    private final JsonParser json;
    private final Times.Repeated created = new Times.Repeated();
    private final Times.Repeated updated = new Times.Repeated();

    RecordReader(RecordedStream stream, JsonParser json) {
        this.stream = stream;
        this.json = json;
    }

    /** What is known of the record at hand so far. */
    private static final class Draft {

        private @Nullable String id;
        private @Nullable String syncToken;
        private @Nullable Instant createdAt;
        private @Nullable Instant updatedAt;
        private boolean deleted;
        private boolean inactive;
        private boolean noted;
        private boolean worthless;

        /**
         * A void zeroes the amounts and writes "Voided" before the private note; a deactivation shows in Active alone
         * (shared by all of Intuit's entities).
         */
        private @Nullable Operation operation() {
            if (deleted) {
                return Operation.DELETED;
            }
            if (inactive) {
                return Operation.DEACTIVATED;
            }
            return noted && worthless ? Operation.VOIDED : null;
        }
    }

    /** The parser stands on the record's first token. */
    Change read(JsonToken first, String entity) throws IOException {
        if (first != JsonToken.START_OBJECT) {
            throw ReadFailure.of("QuickBooks answered a list of " + entity + " with something in it that is no record").inRecords();
        }
        stream.begin(json.currentTokenLocation().getByteOffset());
        var draft = new Draft();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            member(draft, name, json.nextToken());
        }
        if (draft.id == null) {
            throw ReadFailure.of("QuickBooks answered a " + entity + " without an Id").inRecords();
        }
        var bytes = stream.end(json.currentLocation().getByteOffset());
        return new Change(draft.id, draft.syncToken, draft.createdAt, draft.updatedAt, draft.operation(), bytes);
    }

    private void member(Draft draft, String name, JsonToken value) throws IOException {
        switch (name) {
            case "Id" -> draft.id = json.getValueAsString();
            case "SyncToken" -> draft.syncToken = json.getValueAsString();
            case "status" -> draft.deleted = "Deleted".equalsIgnoreCase(json.getValueAsString());
            case "Active" -> draft.inactive = value == JsonToken.VALUE_FALSE;
            case "PrivateNote" -> draft.noted = json.getValueAsString("").startsWith("Voided");
            case "TotalAmt" -> draft.worthless = value.isNumeric() && json.getDecimalValue().signum() == 0;
            case "MetaData" -> metaData(draft, value);
            default -> { }
        }
        json.skipChildren(); // of the odd value that is not what its name says, too
    }

    private void metaData(Draft draft, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "CreateTime" -> draft.createdAt = created.read(json.getValueAsString());
                case "LastUpdatedTime" -> draft.updatedAt = updated.read(json.getValueAsString());
                default -> json.skipChildren();
            }
        }
    }
}
