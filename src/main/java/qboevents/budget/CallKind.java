// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is asked of QuickBooks' data API. Each costs one call, however much is in the answer. */
public enum CallKind {
    /** A page of records. */
    QUERY,
    /** How many records there are. */
    COUNT,
    /** Change data capture. */
    CDC,
    /** One record by its address. */
    READ;

    /** Of a route's word; without one it is a query. */
    public static CallKind of(@Nullable String word) {
        return word == null ? QUERY : valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** As it is stored and told. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
