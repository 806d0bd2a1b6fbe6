// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.util.Locale;

/** What a comparison does first, next and last (src/docs/decisions/0014-gaps.md). */
enum GapStage {
    /** Takes up the ids that the log has as living. */
    LOG,
    /** Takes up those of which it has no event any more. */
    KNOWN,
    /** Asks QuickBooks how many it has, where that may save calls. */
    COUNT,
    /** Crosses out what QuickBooks lists. */
    LIST,
    /** Asks for what is left by its ids, and tells what is missing as deleted. */
    ASK;

    /** As it is stored. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static GapStage of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
