// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
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
