// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.util.List;

record Condition(Property property, Operator operator, List<Comparable<?>> values) {

    boolean test(Row row) {
        return property.of().apply(row).filter(value -> operator.test(value, values)).isPresent();
    }

    boolean isOn(String name) {
        return property.name().equals(name);
    }
}
