// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/** Dates as people write them: {@code 2026-01-31}, {@code 2026-01-31T08:00:00}, {@code 2026-01-31T08:00:00Z}. */
public final class Moments {

    /** What both databases can store, and more than any caller means. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private Moments() {}

    /**
     * @param zone of what has no offset; a day without a time is its beginning there
     * @throws DateTimeException when it is none of these, or not in the years 1 to 9999
     */
    public static Instant read(String given, ZoneId zone) {
        var time = any(given, zone);
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new DateTimeException(given + " is not in the years 1 to 9999");
        }
        return time;
    }

    /** @param to the first time that is later */
    public record Span(Instant from, Instant to) {}

    /**
     * What a date in a condition stands for. Lists show whole seconds of what is kept to the microsecond: so one without a
     * fraction is all of its second, or nobody would find what is shown by the date it is shown with.
     */
    public static Span span(String given) {
        var sent = given.strip().replace(' ', '+'); // a plus in a URL that nobody encoded arrives as a space
        var from = read(sent, ZoneOffset.UTC);
        return new Span(from, from.getNano() == 0 ? from.plusSeconds(1) : from.plusNanos(1000));
    }

    private static Instant any(String given, ZoneId zone) {
        var text = given.toUpperCase(Locale.ROOT);
        if (!text.contains("T")) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        var time = text.substring(text.indexOf('T'));
        return time.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
                ? OffsetDateTime.parse(text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")).toInstant()
                : LocalDateTime.parse(text).atZone(zone).toInstant();
    }
}
