// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** How far back a plot goes, and in which steps. */
enum Range {
    HOUR(Duration.ofHours(1), "minute"), DAY(Duration.ofDays(1), "hour"), MONTH(Duration.ofDays(30), "day");

    private final Duration length;
    private final String interval;

    Range(Duration length, String interval) {
        this.length = length;
        this.interval = interval;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String interval() {
        return interval;
    }

    /** What the API's analytics are asked, up to now. */
    String query(Clock clock) {
        var to = clock.instant();
        return Calls.query(Map.of("from", to.minus(length), "to", to, "interval", interval));
    }

    static Range named(String word) {
        for (var each : values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        return HOUR;
    }
}
