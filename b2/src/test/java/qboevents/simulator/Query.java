// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A query that has been read and found valid. */
record Query(Entity entity, boolean count, List<Condition> conditions, List<Order> orders, int start, int max) {

    /** One key of the order. */
    record Order(Property property, boolean descending) {

        Comparator<Row> comparator() {
            Comparator<Row> ascending = (left, right) -> Operator.compare(key(left), key(right));
            return descending ? ascending.reversed() : ascending;
        }

        private Comparable<?> key(Row row) {
            return property.of().apply(row).orElse("");
        }
    }


    boolean matches(Row row) {
        for (var condition : conditions) {
            if (!condition.test(row)) {
                return false;
            }
        }
        return row.active() || !entity.isList() || conditions.stream().anyMatch(on("Active"));
    }

    /** The first moment that can match, when the query says one. */
    Optional<Instant> from() {
        return bound(List.of(Operator.AT_LEAST, Operator.GREATER, Operator.EQUAL)).max(Comparator.naturalOrder());
    }

    Optional<Instant> until() {
        return bound(List.of(Operator.AT_MOST, Operator.LESS, Operator.EQUAL)).min(Comparator.naturalOrder());
    }

    Optional<Condition> ids() {
        return conditions.stream().filter(on(Property.ID)).findFirst();
    }

    boolean isByUpdateTime() {
        return orders.size() == 1 && orders.get(0).property().name().equals(Property.UPDATED);
    }

    Optional<Comparator<Row>> order() {
        return orders.stream().map(Order::comparator).reduce(Comparator::thenComparing);
    }

    private Stream<Instant> bound(List<Operator> operators) {
        return conditions.stream()
                .filter(on(Property.UPDATED).and(condition -> operators.contains(condition.operator())))
                .map(condition -> (Instant) condition.values().get(0));
    }

    private static Predicate<Condition> on(String name) {
        return condition -> condition.isOn(name);
    }
}
