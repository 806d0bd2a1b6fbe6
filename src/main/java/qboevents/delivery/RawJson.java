// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes compact JSON into which records are copied as they came, but for blanks, without being read again. */
final class RawJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    private final JsonGenerator json;

    RawJson() {
        try {
            json = FACTORY.createGenerator(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    interface Step {
        void run() throws IOException;
    }

    private static void unchecked(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
    }

    void object(Runnable members) {
        unchecked(json::writeStartObject);
        members.run();
        unchecked(json::writeEndObject);
    }

    void object(String name, Runnable members) {
        unchecked(() -> json.writeFieldName(name));
        object(members);
    }

    void array(String name, Runnable values) {
        unchecked(() -> json.writeArrayFieldStart(name));
        values.run();
        unchecked(json::writeEndArray);
    }

    void text(String name, String value) {
        unchecked(() -> json.writeStringField(name, value));
    }

    void texts(String name, List<String> values) {
        array(name, () -> values.forEach(value -> unchecked(() -> json.writeString(value))));
    }

    void number(String name, long value) {
        unchecked(() -> json.writeNumberField(name, value));
    }

    /** The next value of an array, as it is. */
    void raw(byte[] value) {
        unchecked(() -> {
            json.writeRawValue(""); // the comma or colon that belongs before it
            json.flush();
            compact(value);
        });
    }

    /** Blanks between tokens stay behind, those in texts do not. */
    private void compact(byte[] value) {
        int from = 0;
        boolean text = false;
        for (int at = 0; at < value.length; at++) {
            byte each = value[at];
            if (each == '"') {
                text = !text;
            } else if (text && each == '\\') {
                at++;
            } else if (!text && (each == ' ' || each == '\n' || each == '\r' || each == '\t')) {
                out.write(value, from, at - from);
                from = at + 1;
            }
        }
        out.write(value, from, value.length - from);
    }

    void member(String name, byte[] value) {
        unchecked(() -> json.writeFieldName(name));
        raw(value);
    }

    byte[] bytes() {
        unchecked(json::close);
        return out.toByteArray();
    }
}
