// SPDX-License-Identifier: Apache-2.0
package qboevents.start;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qboevents.instance.Suggestion;

/**
 * Our settings, in every form in which Spring takes them: a property in any capitals and with any dashes, a variable with none of its
 * dashes or all of them as {@code _}; behind a list, an index.
 *
 * @param names each by its letters
 */
record KnownSettings(Map<String, String> names) {

    static KnownSettings of(Stream<String> shipped) {
        return new KnownSettings(shipped.filter(KnownSettings::isOurs).map(name -> name.replaceFirst("\\[\\d+]$", "")).distinct()
                .collect(Collectors.toMap(KnownSettings::letters, Function.identity())));
    }

    static boolean isOurs(String property) {
        var name = property.toLowerCase(Locale.ROOT);
        return name.startsWith("events.") || name.startsWith("quickbooks.");
    }

    boolean has(String property) {
        return names.containsKey(letters(property));
    }

    boolean hasBelow(String section) {
        return names.keySet().stream().anyMatch(name -> name.startsWith(letters(section) + "."));
    }

    boolean hasVariable(String variable) {
        var given = variable.replaceFirst("_\\d+$", "");
        return names.values().stream().anyMatch(name -> variable(name.replace("-", "")).equals(given) || variable(name).equals(given));
    }

    Optional<String> near(String property) {
        var given = letters(property);
        var section = given.substring(0, given.lastIndexOf('.'));
        var key = given.substring(given.lastIndexOf('.'));
        var beside = below(section);
        return (beside.isEmpty() ? Suggestion.nearest(given, names.keySet())
                : Suggestion.nearest(key, beside).map(nearest -> section + nearest))
                .or(() -> inOneOtherSection(key)).map(names::get);
    }

    /** Its first two words are taken for sections and all others for one name: no setting of ours is of more than three. */
    Optional<String> nearVariable(String variable) {
        return near(variable.replaceFirst("_\\d+$", "").replaceFirst("_", ".").replaceFirst("_", "."))
                .map(name -> variable(name.replace("-", "")));
    }

    private List<String> below(String section) {
        return names.keySet().stream().filter(name -> name.lastIndexOf('.') == section.length() && name.startsWith(section))
                .map(name -> name.substring(section.length())).toList();
    }

    private Optional<String> inOneOtherSection(String key) {
        var found = names.keySet().stream().filter(name -> name.endsWith(key)).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static String variable(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static String letters(String property) {
        return property.replaceFirst("\\[\\d+]$", "").replaceAll("[^A-Za-z0-9.]", "").toLowerCase(Locale.ROOT);
    }
}
