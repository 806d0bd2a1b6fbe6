// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.springframework.boot.convert.DurationStyle;
import qboevents.settings.Bounds;
import qboevents.settings.Units;

/**
 * When a notification that was not taken is sent again.
 *
 * @param delays after the first try, after the second, …
 * @param jitter share of a delay that is added at random at most, so that a receiver that was down is not met by all at once
 */
record RetrySchedule(List<Duration> delays, double jitter) {

    /** A day and more of tries: an outage over a night or a Sunday is not a loss. */
    private static final String STANDARD = "5s,30s,2m,10m,30m,1h,3h,6h,12h,24h,24h";

    static RetrySchedule of(String setting) {
        return switch (setting.trim()) {
            case "standard" -> new RetrySchedule(listed(STANDARD), 0.1);
            // Cloud Elements, older text: 9 tries, 2^(2n) seconds
            case "cloud-elements" -> new RetrySchedule(powers(4, 9), 0);
            // SAP Open Connectors, newer text: 5 tries, 2^(3n) seconds
            case "open-connectors" -> new RetrySchedule(powers(8, 5), 0);
            default -> new RetrySchedule(listed(setting), 0);
        };
    }

    private static List<Duration> listed(String text) {
        try {
            return Arrays.stream(text.split(","))
                    .map(part -> delay(part.trim()))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("events.delivery.retry is neither standard, cloud-elements nor"
                    + " open-connectors, nor a list of delays such as 5s,30s,2m: " + text + " (" + e.getMessage() + ")");
        }
    }

    private static Duration delay(String text) {
        Units.required("a delay", text);
        var delay = DurationStyle.detectAndParse(text);
        Bounds.notNegative("a delay", delay);
        return delay;
    }

    private static List<Duration> powers(int base, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> Duration.ofSeconds((long) Math.pow(base, n)))
                .toList();
    }

    /** The delay after so many tries; empty when they were the last. */
    Optional<Duration> after(int attempts, RandomGenerator random) {
        if (attempts > delays.size()) {
            return Optional.empty();
        }
        var delay = delays.get(attempts - 1);
        return Optional.of(jitter == 0 ? delay : delay.plusMillis((long) (delay.toMillis() * jitter * random.nextDouble())));
    }
}
