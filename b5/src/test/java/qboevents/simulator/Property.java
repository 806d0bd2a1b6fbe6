// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that a query may name.
 *
 * @param of a row's value, absent when the row has none
 * @param parse a literal of the query as the same type, absent when it cannot be one
 */
record Property(
        String name, Function<Row, Optional<Comparable<?>>> of, Function<String, Optional<Comparable<?>>> parse) {

    static final String ID = "Id";
    static final String UPDATED = "MetaData.LastUpdatedTime";

    /** All properties of an entity by lower-case path, as its template shows them. */
    static Map<String, Property> of(ObjectNode fields) {
        var found = new HashMap<String, Property>();
        collect(fields, "", "", found);
        add(found, new Property(ID, row -> Optional.of(row.id()), Optional::of));
        add(found, new Property(
                "SyncToken", row -> Optional.of(row.syncToken()), text -> number(text).map(BigDecimal::intValue)));
        add(found, new Property("MetaData.CreateTime", row -> Optional.of(row.created()), Property::time));
        add(found, new Property(UPDATED, row -> Optional.of(row.updated()), Property::time));
        if (fields.has("Active")) {
            add(found, new Property("Active", row -> Optional.of(row.active()), Property::bool));
        }
        return Map.copyOf(found);
    }

    boolean isTime() {
        return name.startsWith("MetaData.");
    }

    private static void collect(JsonNode node, String path, String pointer, Map<String, Property> found) {
        node.properties().forEach(field -> {
            var name = path + field.getKey();
            var at = pointer + "/" + field.getKey();
            var value = field.getValue();
            if (value.isObject()) {
                collect(value, name + ".", at, found);
                if (value.has("value")) {
                    add(found, inJson(name, at + "/value", value.get("value")));
                }
            } else if (value.isValueNode()) {
                add(found, inJson(name, at, value));
            }
        });
    }

    private static Property inJson(String name, String pointer, JsonNode example) {
        Function<String, Optional<Comparable<?>>> parse = example.isNumber()
                ? text -> number(text).map(value -> value)
                : example.isBoolean() ? Property::bool : Optional::of;
        return new Property(name, row -> value(row.json().at(pointer)), parse);
    }

    private static Optional<Comparable<?>> value(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(node.isNumber() ? node.decimalValue() : node.isBoolean() ? node.asBoolean() : node.asText());
    }

    private static Optional<Comparable<?>> time(String text) {
        return PacificTime.parse(text).map(instant -> instant);
    }

    private static Optional<Comparable<?>> bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    private static void add(Map<String, Property> found, Property property) {
        found.put(property.name().toLowerCase(Locale.ROOT), property);
    }
}
