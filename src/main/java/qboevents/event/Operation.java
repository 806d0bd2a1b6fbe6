// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.util.Locale;

/** What somebody did to an object in QuickBooks, in Intuit's words. Fewer words are told in the form of Open Connectors. */
public enum Operation {
    CREATED(EventType.CREATED),
    UPDATED(EventType.UPDATED),
    DELETED(EventType.DELETED),
    MERGED(EventType.UPDATED),
    EMAILED(EventType.UPDATED),
    VOIDED(EventType.UPDATED),
    UNKNOWN(EventType.UNKNOWN);

    private final EventType type;

    Operation(EventType type) {
        this.type = type;
    }

    EventType type() {
        return type;
    }

    /** Whether {@link EventType} says less. */
    boolean saysMore() {
        return !name().equals(type.name());
    }

    /** As a CloudEvents type ends: {@code voided}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
