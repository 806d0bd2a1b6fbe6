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

    private Moments() {}

    /**
     * @param zone of what has no offset; a day without a time is its beginning there
     * @throws DateTimeException when it is none of these
     */
    public static Instant read(String given, ZoneId zone) {
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
