// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.util.Locale;

/** Who wants to know. */
public enum Reason {
    /** A timer. */
    POLL(true, false),
    /** A cursor that has to know QuickBooks' time before it begins. */
    ANCHOR(false, false),
    /** A comparison of what was told with what there is. */
    RECONCILIATION(false, false),
    /** Records that webhooks name. */
    WEBHOOK(false, true),
    /** Somebody who waits for the answer. */
    HUB(false, true);

    private final boolean stretched;
    private final boolean reserved;

    Reason(boolean stretched, boolean reserved) {
        this.stretched = stretched;
        this.reserved = reserved;
    }

    /** Whether it comes less often when {@link Budget#stretch} says so. */
    boolean stretched() {
        return stretched;
    }

    /** Whether the reserve is for it. */
    boolean reserved() {
        return reserved;
    }

    /** As it is stored and told. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
