// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list. It is answered as an array; where it stands in the whole is told in headers.
 *
 * @param total of the whole list
 * @param next where the next page begins; null: this is the last one
 */
public record Page(List<?> items, long total, @Nullable String next) {

    /** A list that always fits into one page. */
    public static Page whole(List<?> items) {
        return new Page(items, items.size(), null);
    }
}
