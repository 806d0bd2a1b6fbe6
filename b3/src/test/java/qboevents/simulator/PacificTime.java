// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/** How QuickBooks writes and reads times: Pacific with a numeric offset, whatever the company's own zone is. */
final class PacificTime {

    private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZONE);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZONE);
    private static final DateTimeFormatter FILTER = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX]")
            .optionalEnd()
            .toFormatter();

    private PacificTime() {}

    /** {@code 2026-03-15T20:07:36-07:00}, as in a record's MetaData. */
    static String seconds(Instant instant) {
        return SECONDS.format(instant);
    }

    /** {@code 2026-03-15T20:07:36.123-07:00}, as in an answer's {@code time}. */
    static String millis(Instant instant) {
        return MILLIS.format(instant);
    }

    /** A filter's value: with an offset, with Z, with neither (then Pacific), or a bare date. */
    static Optional<Instant> parse(String text) {
        try {
            var read = FILTER.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (read instanceof OffsetDateTime time) {
                return Optional.of(time.toInstant());
            }
            var local = read instanceof LocalDateTime time ? time : ((LocalDate) read).atStartOfDay();
            return Optional.of(local.atZone(ZONE).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    static LocalDate dateOf(Instant instant) {
        return instant.atZone(ZONE).toLocalDate();
    }
}
