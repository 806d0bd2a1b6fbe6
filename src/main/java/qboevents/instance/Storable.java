// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What JSON can say and nobody can keep: half a character, a number without an end. */
final class Storable {

    private Storable() {}

    /** @return each with the names that lead to it */
    static List<String> faults(Map<?, ?> body) {
        var faults = new ArrayList<String>();
        look("", body, faults);
        return faults;
    }

    private static void look(String path, @Nullable Object value, List<String> faults) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, each) -> {
                if (halved(String.valueOf(name))) {
                    faults.add(named(path) + " has a name that is not whole Unicode characters");
                } else {
                    look(path.isEmpty() ? String.valueOf(name) : path + "." + name, each, faults);
                }
            });
        } else if (value instanceof List<?> list) {
            list.forEach(each -> look(path, each, faults));
        } else if (value instanceof String text && halved(text)) {
            faults.add(named(path) + " is not whole Unicode characters");
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            faults.add(named(path) + " is too large a number");
        }
    }

    private static String named(String path) {
        return path.isEmpty() ? "The body" : path.length() > 100 ? path.substring(0, 100) + "…" : path;
    }

    /** A surrogate alone, which no encoding of Unicode can write. */
    private static boolean halved(String text) {
        return text.codePoints().anyMatch(each -> each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE);
    }
}
