// SPDX-License-Identifier: Apache-2.0
package qboevents.hub;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code filter.response.nulls}. QuickBooks seldom sends any: a record without one is not touched. */
final class Nulls {

    /** Amounts keep the digits they came with. */
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

    private Nulls() {}

    static byte[] removed(byte[] record) {
        if (!new String(record, StandardCharsets.ISO_8859_1).contains("null")) {
            return record;
        }
        try {
            var tree = JSON.readTree(record);
            remove(tree);
            return JSON.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(member -> member.getValue().isNull());
        }
        node.forEach(Nulls::remove);
    }
}
