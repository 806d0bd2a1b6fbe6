// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What can be wrong with JSON: a value of another kind, a key twice, bytes that are no text, an end that is missing. */
record SpoiledBodies(Random random) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLACE = "@@here@@";
    private static final List<String> ODD_VALUES = List.of(
            "null", "true", "-1", "0", "1.5", "1e999999999", "-1e400", "1e-400", "9223372036854775808", "1" + "0".repeat(400),
            "0." + "1".repeat(1200), "1" + "0".repeat(5000), "[]", "{}", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"",
            "\"a\\udc00b\"", "{\"\\ud800\":1}", "{\"\":{}}", "[[],{},null]", "{\"key\":{\"key\":7}}", "NaN", "undefined", "'x'", "[[[",
            "\"" + "x".repeat(100_000) + "\"", "\"\u00e9\u20ac\ud83d\ude00\"", "\"\\r\\nX-Evil: 1\"", "\"${header.Authorization}\"",
            "\"' or 1=1 --\"", "\"%s%n\"", "\"http://127.0.0.1:1/\"", "\"http://[\"", "\"a://b\"", "\"2026-13-45\"", "\"********\"",
            "[\"a\",1,null,{\"b\":[]}]", "[".repeat(300) + "]".repeat(300), "{\"a\":".repeat(900) + "1" + "}".repeat(900),
            "[".repeat(5000) + "]".repeat(5000), "[".repeat(200_000));

    byte[] spoiled(byte[] good) {
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(good, random.nextInt(good.length + 1));
            case 1 -> changed(good);
            case 2 -> joined(good, random.nextInt(good.length + 1), new byte[] {(byte) 0xc3, 0x28, (byte) 0xff, 0});
            case 3 -> joined(good, 0, new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
            case 4 -> new String(good, UTF_8).getBytes(UTF_16LE);
            case 5 -> twice(good);
            case 6 -> joined(good, good.length, " x".getBytes(UTF_8));
            case 7 -> pick(ODD_VALUES).getBytes(UTF_8);
            default -> withOddValues(good);
        };
    }

    private byte[] changed(byte[] good) {
        var bytes = good.clone();
        for (int i = 0; i < 1 + random.nextInt(4) && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] joined(byte[] good, int at, byte[] more) {
        var all = new ByteArrayOutputStream();
        all.write(good, 0, at);
        all.writeBytes(more);
        all.write(good, at, good.length - at);
        return all.toByteArray();
    }

    private byte[] twice(byte[] good) {
        var text = new String(good, UTF_8).strip();
        return text.startsWith("{\"")
                ? ("{" + text.substring(1, text.length() - 1) + "," + text.substring(1)).getBytes(UTF_8)
                : good;
    }

    private byte[] withOddValues(byte[] good) {
        var bytes = good;
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            bytes = withOddValue(bytes);
        }
        return bytes;
    }

    private byte[] withOddValue(byte[] good) {
        try {
            var tree = JSON.readTree(good);
            var places = new ArrayList<Consumer<JsonNode>>();
            places(tree, places);
            if (places.isEmpty()) {
                return pick(ODD_VALUES).getBytes(UTF_8);
            }
            pick(places).accept(TextNode.valueOf(PLACE));
            return JSON.writeValueAsString(tree).replace("\"" + PLACE + "\"", pick(ODD_VALUES)).getBytes(UTF_8);
        } catch (JsonProcessingException alreadySpoiled) {
            return good;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void places(JsonNode node, List<Consumer<JsonNode>> places) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> places.add(value -> object.set(name, value)));
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                var index = i;
                places.add(value -> array.set(index, value));
            }
        }
        node.forEach(each -> places(each, places));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
