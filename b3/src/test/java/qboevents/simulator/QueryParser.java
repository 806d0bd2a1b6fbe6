// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code SELECT *|count(*) FROM e [WHERE p op v [AND …]] [ORDERBY p [ASC|DESC], …] [STARTPOSITION n] [MAXRESULTS n]},
 * the clauses in this order and no other.
 */
final class QueryParser {

    private static final int DEFAULT_PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    private final Words words;
    private final Clock clock;

    QueryParser(String statement, Clock clock) {
        this.words = new Words(statement);
        this.clock = clock;
    }

    Query query() {
        words.expect("SELECT");
        var count = count();
        words.expect("FROM");
        var name = words.take();
        var entity = Entity.named(name)
                .orElseThrow(() -> QueryException.invalid("invalid context declaration: " + name));
        var conditions = words.skip("WHERE") ? list(() -> condition(entity), "AND") : List.<Condition>of();
        var ordered = words.skip("ORDERBY") || words.skip("ORDER", "BY");
        var orders = ordered ? list(() -> order(entity), ",") : List.<Query.Order>of();
        var start = words.skip("STARTPOSITION") ? number() : 1;
        var max = words.skip("MAXRESULTS") ? Math.min(number(), LARGEST_PAGE) : DEFAULT_PAGE;
        if (!words.atEnd()) {
            throw QueryException.syntax(words.take());
        }
        return new Query(entity, count, conditions, withoutId(orders), start, max);
    }

    private boolean count() {
        if (words.skip("*")) {
            return false;
        }
        words.expect("count", "(", "*", ")");
        return true;
    }

    private Condition condition(Entity entity) {
        var property = property(entity);
        var operator = Operator.of(words.take());
        var texts = operator == Operator.IN ? inBrackets() : List.of(literal());
        refuse(property, operator);
        var values = texts.stream().<Comparable<?>>map(text -> property.parse().apply(text)
                        .orElseThrow(() -> QueryException.invalid("invalid value " + text + " for " + property.name())))
                .toList();
        return new Condition(property, operator, values);
    }

    private Query.Order order(Entity entity) {
        var property = property(entity);
        var descending = words.skip("DESC");
        if (!descending) {
            words.skip("ASC");
        }
        return new Query.Order(property, descending);
    }

    private Property property(Entity entity) {
        var path = words.take();
        return entity.property(path).orElseThrow(() ->
                QueryException.invalid("Property " + path + " not found for Entity " + entity.name()));
    }

    private List<String> inBrackets() {
        words.expect("(");
        var values = list(this::literal, ",");
        words.expect(")");
        return values;
    }

    private String literal() {
        var word = words.take();
        if (word.startsWith("'")) {
            return word.substring(1, word.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        return word.equalsIgnoreCase("CURRENT_DATE") ? PacificTime.dateOf(clock.instant()).toString() : word;
    }

    private int number() {
        var word = words.take();
        if (!word.matches("-?\\d{1,9}")) {
            throw QueryException.syntax(word);
        }
        if (Integer.parseInt(word) < 1) {
            throw QueryException.invalid("value " + word + " is too small. Min allowed value is 1");
        }
        return Integer.parseInt(word);
    }

    private <T> List<T> list(Supplier<T> element, String separator) {
        var found = new ArrayList<T>();
        do {
            found.add(element.get());
        } while (words.skip(separator));
        return List.copyOf(found);
    }

    private static void refuse(Property property, Operator operator) {
        var onlyEqual = property.name().equals(Property.ID) && operator != Operator.EQUAL && operator != Operator.IN;
        if (onlyEqual || (property.isTime() && operator == Operator.LIKE)) {
            throw QueryException.invalid("operator " + operator + " is not supported for " + property.name());
        }
    }

    /** Sorting by Id was withdrawn; it is taken and has no effect. */
    private static List<Query.Order> withoutId(List<Query.Order> orders) {
        return orders.stream().filter(order -> !order.property().name().equals(Property.ID)).toList();
    }
}
