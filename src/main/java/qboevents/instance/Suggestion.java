// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** "Did you mean …?": the known word with the fewest letters to change, when it is near enough. */
public final class Suggestion {

    private Suggestion() {}

    /** @return a sentence that begins with a space, or nothing */
    public static String of(String word, Collection<String> known) {
        return nearest(word, known).map(nearest -> " (did you mean " + nearest + "?)").orElse("");
    }

    public static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(each -> Math.abs(each.length() - word.length()) <= 3)
                .min(Comparator.<String>comparingInt(each -> changes(word, each)).thenComparing(each -> each))
                .filter(nearest -> changes(word, nearest) <= Math.max(2, word.length() / 4));
    }

    private static int changes(String from, String to) {
        var above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            var row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                var same = Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
                row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + (same ? 0 : 1));
            }
            above = row;
        }
        return above[to.length()];
    }
}
