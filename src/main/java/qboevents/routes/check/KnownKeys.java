// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/** Every key that Camel's YAML has anywhere, from its own schema. Read only when a key has to be explained. */
final class KnownKeys {

    private static final String SCHEMA = "/schema/camelYamlDsl.json";

    private KnownKeys() {}

    static Set<String> all() {
        try (var schema = KnownKeys.class.getResourceAsStream(SCHEMA)) {
            var keys = new TreeSet<String>();
            new ObjectMapper().readTree(schema).findValues("properties").forEach(properties -> collect(properties, keys));
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode properties, Set<String> keys) {
        properties.fieldNames().forEachRemaining(keys::add);
        properties.forEach(property -> property.findValues("properties").forEach(nested -> collect(nested, keys)));
    }
}
