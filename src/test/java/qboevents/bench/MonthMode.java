// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import qboevents.testing.BusyBooks;

/** How a company is read. */
enum MonthMode {
    AUTO(5_850, Map.of(), "auto"),
    ADAPTIVE(1_500, Map.of("event.poller.adaptive", true), "auto, adaptive"),
    CDC(2_890, Map.of("event.poller.strategy", "cdc", "event.poller.urls", captured()), "cdc, 19 resources"),
    HYBRID(1_000, Map.of("event.vendor.type", "hybrid", "event.poller.refresh_interval", "60"), "hybrid, hourly"),
    QUERY(63_400, Map.of("event.poller.strategy", "query"), "query");

    private final int mostWhenQuiet;
    private final Map<String, Object> configuration;
    private final String words;

    MonthMode(int mostWhenQuiet, Map<String, Object> configuration, String words) {
        this.mostWhenQuiet = mostWhenQuiet;
        this.configuration = configuration;
        this.words = words;
    }

    private static String captured() {
        return String.join("|", withoutThoseLeftOut());
    }

    private static List<String> withoutThoseLeftOut() {
        var leftOut = List.of("time-activities", "tax-codes", "tax-rates");
        return BusyBooks.ENTITIES.keySet().stream().filter(name -> !leftOut.contains(name)).toList();
    }

    /** Calls of a month of 30 days. */
    int mostWhenQuiet() {
        return mostWhenQuiet;
    }

    Map<String, Object> configuration() {
        return configuration;
    }

    String words() {
        return words;
    }

    boolean listens() {
        return this == HYBRID;
    }

    boolean tellsDeletions() {
        return this != QUERY;
    }

    /** With one query for each resource its polls lie everywhere: rather late than thousands of ticks for one each. */
    Duration tick() {
        return this == QUERY ? Duration.ofMinutes(5) : Duration.ofSeconds(2);
    }

    List<String> resources() {
        return this == CDC ? withoutThoseLeftOut() : List.copyOf(BusyBooks.ENTITIES.keySet());
    }
}
