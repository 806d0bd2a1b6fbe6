// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code event.poller.urls} in every spelling that was ever printed: names between line breaks, bars or commas, a JSON
 * array, the nine-part lines of Cloud Elements, and names without anything between them.
 */
final class PollerUrls {

    private final Collection<String> known;
    private final Set<String> names = new LinkedHashSet<>();

    private PollerUrls(Collection<String> known) {
        this.known = known;
    }

    /** The names in the order given, each once; what is not known stays as it was written. */
    static List<String> names(String text, Collection<String> known) {
        var urls = new PollerUrls(known);
        var lines = text.startsWith("[") ? Json.list(text).orElse(List.of(text)) : List.of(text.split("\\R"));
        lines.forEach(urls::line);
        return List.copyOf(urls.names);
    }

    private void line(String line) {
        var parts = line.split("\\|");
        if (parts.length > 1 && parts[1].strip().startsWith("/")) {
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
