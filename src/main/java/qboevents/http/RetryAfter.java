// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds, or a date. */
public final class RetryAfter {

    private RetryAfter() {}

    /**
     * @param most a strange value must not stop anything for good
     * @return never negative; empty when there is no such header, or it cannot be read
     */
    public static Optional<Duration> read(@Nullable String header, Instant now, Duration most) {
        if (header == null) {
            return Optional.empty();
        }
        try {
            var text = header.trim();
            var wait = text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.between(now, date(text));
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait.compareTo(most) > 0 ? most : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }
}
