// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From when on changes are told.
 *
 * @param at set when the kind is {@link Kind#AT}
 */
public record Start(Kind kind, @Nullable Instant at) {

    public enum Kind { NOW, BEGINNING, AT }
}
