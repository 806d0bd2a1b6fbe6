// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds, or a date in any of HTTP's three forms (RFC 9110, 5.6.7). */
public final class RetryAfter {

    private static final int FARTHEST_YEARS = 50; // a year of two digits that seems to be later is one of the past
    private static final DateTimeFormatter ASCTIME = withoutCase().appendPattern("EEE MMM d HH:mm:ss uuuu").toFormatter(Locale.US);

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
            var wait = text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.between(now, date(text, now));
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait.compareTo(most) > 0 ? most : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant date(String text, Instant now) {
        if (text.matches("\\w+, *\\d+-.*")) {
            return rfc850(text, now.atOffset(ZoneOffset.UTC));
        }
        return text.contains(",")
                ? ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
                : LocalDateTime.parse(text.replaceAll(" +", " "), ASCTIME).toInstant(ZoneOffset.UTC);
    }

    /** The day's name is not held against the date: which century it was written in is not known before. */
    private static Instant rfc850(String text, OffsetDateTime now) {
        var format = withoutCase()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(now.getYear() + FARTHEST_YEARS - 99, 1, 1))
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US)
                .withResolverFields(ChronoField.YEAR, ChronoField.MONTH_OF_YEAR, ChronoField.DAY_OF_MONTH,
                        ChronoField.HOUR_OF_DAY, ChronoField.MINUTE_OF_HOUR, ChronoField.SECOND_OF_MINUTE);
        var time = LocalDateTime.parse(text, format).atOffset(ZoneOffset.UTC);
        return (time.isAfter(now.plusYears(FARTHEST_YEARS)) ? time.minusYears(100) : time).toInstant();
    }

    private static DateTimeFormatterBuilder withoutCase() {
        return new DateTimeFormatterBuilder().parseCaseInsensitive();
    }
}
