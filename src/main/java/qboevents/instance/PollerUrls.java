// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import qboevents.resource.Resource;
import qboevents.resource.Resources;

/**
 * {@code event.poller.urls} in every spelling that was ever printed: names between line breaks, bars or commas, a JSON
 * array, the nine-part lines of Cloud Elements, and names without anything between them.
 */
final class PollerUrls {

    private static final List<String> DATES = List.of("updatedDateField", "updatedDateFormat", "updatedDateTimezone",
            "createdDateField", "createdDateFormat", "createdDateTimezone");
    private static final int FIRST_DATE = 3;

    private final Collection<String> known;
    private final Set<String> names = new LinkedHashSet<>();

    private PollerUrls(Collection<String> known) {
        this.known = known;
    }

    /** The names in the order given, each once; what is not known stays as it was written. */
    static List<String> names(String text, Collection<String> known) {
        var urls = new PollerUrls(known);
        lines(text).forEach(urls::line);
        return List.copyOf(urls.names);
    }

    /** The nine parts of a line say what an entry of {@code event.poller.configuration} says, and are checked like one. */
    static void check(String text, Resources resources, Given given) {
        for (var line : lines(text)) {
            var parts = line.split("\\|");
            var resource = resources.named(parts[0].strip());
            if (inNineParts(parts) && resource.isPresent()) {
                check(parts, resource.get(), resources).forEach(fault -> given.fault(ConfigurationKeys.URLS, "has " + fault));
            }
        }
    }

    private static List<String> check(String[] parts, Resource resource, Resources resources) {
        var members = new LinkedHashMap<String, Object>();
        var dates = new LinkedHashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            if (i >= FIRST_DATE && i < FIRST_DATE + DATES.size()) {
                dates.put(DATES.get(i - FIRST_DATE), parts[i]);
            } else if (!parts[i].isBlank()) {
                members.put(i == 1 ? "url" : i == 2 ? "xPathFilter" : "part " + (i + 1), parts[i]);
            }
        }
        members.put("datesConfiguration", dates);
        var entry = new PollerEntry(resource.name(), members);
        entry.read(resource, resources, Duration.ZERO); // a line has no interval
        return entry.faults();
    }

    private static List<String> lines(String text) {
        return text.startsWith("[") ? Json.list(text).orElse(List.of(text)) : List.of(text.split("\\R"));
    }

    private static boolean inNineParts(String[] parts) {
        return parts.length > 1 && parts[1].strip().startsWith("/");
    }

    private void line(String line) {
        var parts = line.split("\\|");
        if (inNineParts(parts)) {
            names.add(parts[0].strip());
            return;
        }
        for (var word : line.split("[|,\\s]+")) {
            if (!word.isEmpty()) {
                names.addAll(unglued(word).orElse(List.of(word)));
            }
        }
    }

    /** Longest name first, but never one after which the rest cannot be read: {@code paymentspayment-methods}. */
    private Optional<List<String>> unglued(String word) {
        var next = new String[word.length() + 1];
        for (int i = word.length() - 1; i >= 0; i--) {
            for (var name : known) {
                var fits = word.startsWith(name, i)
                        && (i + name.length() == word.length() || next[i + name.length()] != null);
                if (fits && (next[i] == null || name.length() > next[i].length())) {
                    next[i] = name;
                }
            }
        }
        if (next[0] == null) {
            return Optional.empty();
        }
        var found = new ArrayList<String>();
        for (int i = 0; i < word.length(); i += next[i].length()) {
            found.add(next[i]);
        }
        return Optional.of(found);
    }
}
