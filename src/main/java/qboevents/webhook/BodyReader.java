// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import static com.fasterxml.jackson.core.JsonToken.END_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.FIELD_NAME;
import static com.fasterxml.jackson.core.JsonToken.START_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NUMBER_INT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.CharConversionException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one body. Its two forms are told apart by their members, whose names are read in any case:
 * <pre>{@code
 * [{"type":"qbo.invoice.merged.v1","intuitaccountid":"310687","intuitentityid":"12","time":"…","data":{"deletedid":"13"}}]
 * {"eventNotifications":[{"realmId":"310687","dataChangeEvent":{"entities":[
 *     {"name":"Invoice","operation":"Merge","id":"12","lastUpdated":"…","deletedId":"13"}]}}]}
 * }</pre>
 */
final class BodyReader {

    private final byte[] body;
    private final JsonParser json;
    private final Notices notices;

    /** @param now on our clock */
    BodyReader(byte[] body, JsonParser json, Instant now) {
        this.body = body;
        this.json = json;
        this.notices = new Notices(body, now);
    }

    /** @throws IOException when it is no JSON from its beginning to its end: then nothing of it counts */
    Batch read() throws IOException {
        if (json.nextToken() == null) {
            throw new JsonParseException(json, "There is nothing");
        }
        if (!each(this::event)) {
            event();
        }
        if (json.nextToken() != null) {
            throw new JsonParseException(json, "It goes on after its end");
        }
        return notices.batch();
    }

    private void event() throws IOException {
        int start = start();
        var event = new Element();
        var legacy = new boolean[1];
        members(name -> {
            switch (name) {
                case "type" -> event.type(text());
                case "intuitaccountid" -> event.realmId = text();
                case "intuitentityid" -> event.objectId = text();
                case "time" -> event.time = text();
                case "data" -> members(each -> event.deletedId = each.equals("deletedid") ? text() : event.deletedId);
                case "eventnotifications" -> legacy[0] = each(this::notification);
                default -> {}
            }
        });
        if (!legacy[0]) {
            notices.add(event, since(start));
        }
    }

    /** The legacy form: all of it is about one company, which may be named after the changes. */
    private void notification() throws IOException {
        int start = start();
        var entities = new ArrayList<Element>();
        var realmId = new String[1];
        var listed = new boolean[1];
        members(name -> {
            switch (name) {
                case "realmid" -> realmId[0] = text();
                case "datachangeevent" -> members(each ->
                        listed[0] |= each.equals("entities") && each(() -> entities.add(entity())));
                default -> {}
            }
        });
        for (var entity : entities) {
            entity.realmId = realmId[0];
            notices.add(entity, entity.bytes);
        }
        if (!listed[0]) {
            notices.setAside("lists no entities", since(start));
        }
    }

    private Element entity() throws IOException {
        int start = start();
        var entity = new Element();
        members(name -> {
            switch (name) {
                case "name" -> entity.entity = text();
                case "id" -> entity.objectId = text();
                case "operation" -> entity.operation = text();
                case "lastupdated" -> entity.time = text();
                case "deletedid" -> entity.deletedId = text();
                default -> {}
            }
        });
        entity.bytes = since(start);
        return entity;
    }

    private interface Part {
        void read() throws IOException;
    }

    private interface Member {
        void read(String name) throws IOException;
    }

    /** @return whether it is an array */
    private boolean each(Part part) throws IOException {
        if (!json.hasToken(START_ARRAY)) {
            return false;
        }
        while (json.nextToken() != END_ARRAY) {
            part.read();
        }
        return true;
    }

    /** What is no object has none. */
    private void members(Member member) throws IOException {
        if (json.hasToken(START_OBJECT)) {
            while (json.nextToken() == FIELD_NAME) {
                var name = json.currentName().toLowerCase(Locale.ROOT);
                json.nextToken();
                member.read(name);
                json.skipChildren(); // what nobody has read
            }
        }
    }

    private @Nullable String text() throws IOException {
        return json.hasToken(VALUE_STRING) || json.hasToken(VALUE_NUMBER_INT) ? json.getText() : null;
    }

    private int start() throws IOException {
        return offset(json.currentTokenLocation().getByteOffset());
    }

    /** As it came. */
    private byte[] since(int start) throws IOException {
        json.skipChildren();
        json.finishToken();
        return Arrays.copyOfRange(body, start, offset(json.currentLocation().getByteOffset()));
    }

    private static int offset(long bytes) throws IOException {
        if (bytes < 0) {
            throw new CharConversionException("JSON in UTF-16 or UTF-32 is read as characters, which have no byte offset");
        }
        return (int) bytes;
    }
}
