// SPDX-License-Identifier: Apache-2.0
package qboevents.operator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.event.Level;

/** What can happen that is worth an operator's time. */
public enum Kind {
    /** Nothing comes from a company any more until its user has authorized again. */
    RECONNECT_NEEDED(Level.ERROR),
    /** The same will be so at a date that is known. */
    RECONNECT_SOON(Level.WARN),
    CONNECTED_AGAIN(Level.WARN),
    /** A token was forgotten here, and may be good at Intuit until it expires. */
    REVOKE_FAILED(Level.WARN),
    /** A receiver has taken nothing for so long that everything is kept until it is released. */
    SUBSCRIPTION_DEACTIVATED(Level.ERROR),
    SUBSCRIPTION_REACTIVATED(Level.WARN),
    /** So many calls to QuickBooks were made, or will have been by the end of the month, that there may not be enough. */
    BUDGET_LOW(Level.WARN),
    /** Polls, or everything, wait for the next month's calls. */
    BUDGET_USED_UP(Level.ERROR),
    /** QuickBooks refuses a company's every call for being one too many. */
    THROTTLED(Level.ERROR),
    /** Of what was delivered before: nothing else is changed by it. */
    REDELIVERY_FAILED(Level.WARN);

    private final Level level;

    Kind(Level level) {
        this.level = level;
    }

    Level level() {
        return level;
    }

    /** As it is stored and told: {@code reconnect-needed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Kind::word).toList();
    }
}
