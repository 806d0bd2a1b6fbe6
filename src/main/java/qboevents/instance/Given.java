// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Flat settings, every value a text, and all that is wrong with them: nothing is thrown before everything was read. */
final class Given {

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,12}(\\.\\d{1,12})?");

    private final Map<String, String> values;
    private final List<String> faults = new ArrayList<>();

    Given(Map<String, String> values) {
        this.values = values;
    }

    Map<String, String> values() {
        return values;
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Of a secret every character counts. */
    Optional<String> exact(String key) {
        return Optional.ofNullable(values.get(key)).filter(text -> !text.isBlank());
    }

    Optional<String> required(String key, String why) {
        var text = text(key);
        if (text.isEmpty()) {
            fault(key, "is required" + why);
        }
        return text;
    }

    boolean flag(String key, boolean otherwise) {
        var text = text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().equalsIgnoreCase("true") && !text.get().equalsIgnoreCase("false")) {
            fault(key, "must be true or false");
        }
        return text.get().equalsIgnoreCase("true");
    }

    String oneOf(String key, String otherwise, String... known) {
        var text = text(key);
        for (var each : known) {
            if (text.isPresent() && text.get().equalsIgnoreCase(each)) {
                return each;
            }
        }
        text.ifPresent(unknown -> fault(key, "must be one of " + String.join(", ", known)));
        return otherwise;
    }

    Optional<BigDecimal> decimal(String key, String what) {
        var text = text(key);
        var number = text.filter(each -> DECIMAL.matcher(each).matches()).map(BigDecimal::new);
        if (text.isPresent() && number.isEmpty()) {
            fault(key, "must be " + what);
        }
        return number;
    }

    void fault(String key, String what) {
        faults.add(key + " " + what);
    }

    List<String> faults() {
        return faults;
    }
}
