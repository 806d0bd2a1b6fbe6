// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of an event, in Open Connectors' words and one of ours. */
enum EventStatus {

    /** Not sent yet. */
    NEW,
    /** Sent and not taken; it is sent again. */
    DISPATCHED,
    /** Kept until it is released, or the instance is enabled. Ours. */
    QUEUED,
    /** Taken by the receiver. */
    NOTIFIED;

    /**
     * @param delivery the status of what is owed for it; null: nothing is
     * @param delivers whether the instance gets what it is owed
     */
    static EventStatus of(String delivery, boolean delivers) {
        if (delivery == null) {
            return NOTIFIED;
        }
        if (!delivers || delivery.equals("queued")) {
            return QUEUED;
        }
        return delivery.equals("due") ? NEW : DISPATCHED;
    }

    /** The same as a condition on the row {@code d}. */
    String condition(boolean delivers) {
        return switch (this) {
            case NOTIFIED -> "d.id is null";
            case QUEUED -> delivers ? "d.status = 'queued'" : "d.id is not null";
            case NEW -> delivers ? "d.status = 'due'" : "1 = 0";
            case DISPATCHED -> delivers ? "d.status in ('retry', 'again', 'repeat', 'replay')" : "1 = 0";
        };
    }

    static Optional<EventStatus> named(String word) {
        return Arrays.stream(values()).filter(each -> each.name().equals(word.toUpperCase(Locale.ROOT))).findFirst();
    }
}
