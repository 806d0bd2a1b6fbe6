// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/** Intervals between polls, in minutes. */
final class Intervals {

    private static final BigDecimal MILLIS = BigDecimal.valueOf(60_000);

    /** No due time can be stored that is much further away. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

    private Intervals() {}

    /** @param floor below which none is taken */
    static Optional<Duration> read(Given given, String key, Duration floor) {
        var asked = given.decimal(key, "a number of minutes, such as 15 or 0.5");
        if (asked.filter(minutes -> minutes.compareTo(MOST) > 0).isPresent()) {
            given.fault(key, "is above " + MOST + " minutes");
            return Optional.empty();
        }
        var interval = asked.map(minutes -> Duration.ofMillis(minutes.multiply(MILLIS).longValue()));
        if (interval.isEmpty() || interval.get().compareTo(floor) >= 0) {
            return interval;
        }
        var floorMinutes = BigDecimal.valueOf(floor.toMillis()).divide(MILLIS, 3, RoundingMode.UP);
        given.fault(key, "is below the floor of %s minutes (events.polling.minimum-interval)"
                .formatted(floorMinutes.stripTrailingZeros().toPlainString()));
        return Optional.of(floor);
    }
}
