// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known word that a misspelt one was most probably meant to be. */
final class DidYouMean {

    private DidYouMean() {}

    /** A sentence to append, with a space before it; nothing when no known word is near. */
    static String hint(String word, Collection<String> known) {
        return nearest(word, known).map(near -> " Did you mean " + near + "?").orElse("");
    }

    static Optional<String> nearest(String word, Collection<String> known) {
        var limit = Math.max(1, Math.min(3, word.length() / 3));
        return known.stream()
                .filter(candidate -> !candidate.equals(word) && distance(word, candidate) <= limit)
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Letters to insert, drop or exchange, case aside. */
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var same = Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
                var exchanged = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
