// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a query compares; every value has been read as the property's type before. */
enum Operator {
    EQUAL("=", (left, values) -> compare(left, values.get(0)) == 0),
    LESS("<", (left, values) -> compare(left, values.get(0)) < 0),
    GREATER(">", (left, values) -> compare(left, values.get(0)) > 0),
    AT_MOST("<=", (left, values) -> compare(left, values.get(0)) <= 0),
    AT_LEAST(">=", (left, values) -> compare(left, values.get(0)) >= 0),
    IN("IN", (left, values) -> values.stream().anyMatch(value -> compare(left, value) == 0)),
    LIKE("LIKE", (left, values) -> like(left.toString(), values.get(0).toString()));

    private final String sign;
    private final BiPredicate<Comparable<?>, List<Comparable<?>>> test;

    Operator(String sign, BiPredicate<Comparable<?>, List<Comparable<?>>> test) {
        this.sign = sign;
        this.test = test;
    }

    static Operator of(String sign) {
        return Arrays.stream(values())
                .filter(operator -> operator.sign.equalsIgnoreCase(sign))
                .findFirst()
                .orElseThrow(() -> QueryException.syntax(sign));
    }

    boolean test(Comparable<?> left, List<Comparable<?>> values) {
        return test.test(left, values);
    }

    @SuppressWarnings("unchecked")
    static int compare(Comparable<?> left, Comparable<?> right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    private static boolean like(String text, String wanted) {
        var pattern = Arrays.stream(wanted.split("%", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL).matcher(text).matches();
    }
}
