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
    DEACTIVATED(EventType.UPDATED), // no word of Intuit's webhooks: a record that is not Active any more
    UNKNOWN(EventType.UNKNOWN);

    private final EventType type;

    Operation(EventType type) {
        this.type = type;
    }

    EventType type() {
        return type;
    }

    /** Whether it says more than the type under which it is told: by its creation nothing is deactivated. */
    boolean saysMore(EventType told) {
        return !name().equals(type.name()) && !(this == DEACTIVATED && told != type);
    }

    /** As a CloudEvents type ends: {@code voided}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
