// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Change data capture in words, for the command line and for the door: {@code cap}, {@code cap-per-entity}, {@code cut},
 * {@code exclusive}, {@code total-of-each-group}, {@code empty-groups}; {@code failing=Invoice,Bill} with
 * {@code place=own-answer} and {@code named=false} replaces what fails, {@code failing=} ends it.
 */
final class CdcOptions {

    private final Cdc cdc;
    private final Map<String, Consumer<String>> known = new TreeMap<>();

    CdcOptions(Cdc cdc) {
        this.cdc = cdc;
        known.put("cap", value -> cdc.cap(Integer.parseInt(value)));
        known.put("cap-per-entity", value -> cdc.capPerEntity(Boolean.parseBoolean(value)));
        known.put("cut", value -> cdc.cutting(word(Cut.class, value)));
        known.put("exclusive", value -> cdc.exclusive(Boolean.parseBoolean(value)));
        known.put("total-of-each-group", value -> cdc.totalOfEachGroup(Boolean.parseBoolean(value)));
        known.put("empty-groups", value -> cdc.emptyGroups(Boolean.parseBoolean(value)));
    }

    /** Sets what is named and leaves the rest as it is; when anything is wrong, an exception says so. */
    void apply(Map<String, String> options) {
        var rest = new HashMap<>(options);
        var place = rest.remove("place");
        var named = rest.remove("named");
        var failing = rest.remove("failing");
        if (failing != null) {
            fail(failing, fault(place, named));
        } else if (place != null || named != null) {
            throw new IllegalArgumentException("The place and the name of what? Say failing=Invoice");
        }
        rest.forEach(this::set);
    }

    private void fail(String entities, CdcFault fault) {
        cdc.clearFaults();
        Arrays.stream(entities.split(",")).filter(entity -> !entity.isBlank()).forEach(each -> cdc.failing(each, fault));
    }

    private static CdcFault fault(@Nullable String place, @Nullable String named) {
        var fault = place == null ? CdcFault.system() : CdcFault.system().in(word(CdcFault.Place.class, place));
        return "false".equals(named) ? fault.unnamed() : fault;
    }

    private void set(String name, String value) {
        if (!known.containsKey(name)) {
            throw new IllegalArgumentException("Change data capture has no " + name
                    + "; known are failing, place, named, " + String.join(", ", known.keySet()));
        }
        known.get(name).accept(value);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String value) {
        return Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
