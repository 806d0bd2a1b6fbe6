// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.util.Locale;

/** How a ceiling stands, the worse the later. */
enum Stage {
    FINE,
    /** The use, or what it will be at the end of the month, has passed the share at which an operator is told. */
    LOW,
    /** Only the reserve is left. */
    RESERVE,
    USED_UP;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
