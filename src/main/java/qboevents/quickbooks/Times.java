// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** Intuit's timestamps: ISO 8601 to the second, US Pacific, with a numeric offset that has a colon or has not. */
final class Times {

    /** Intuit's own zone, for the odd value that carries no offset. */
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter();

    private static final int LAST_YEAR = 9998; // whatever the offset, four digits remain

    private static final DateTimeFormatter WRITE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    private Times() {}

    /** Null for what is no timestamp: a strange value must not spoil the records around it. */
    static @Nullable Instant read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var parsed = READ.parseBest(text.trim(), OffsetDateTime::from, LocalDateTime::from);
            var time = parsed instanceof OffsetDateTime at ? at : ((LocalDateTime) parsed).atZone(PACIFIC).toOffsetDateTime();
            return time.getYear() < 1 || time.getYear() > LAST_YEAR ? null : time.toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Always with an offset: without one it would be ambiguous. */
    static String write(Instant time, ZoneId zone) {
        return WRITE.format(ZonedDateTime.ofInstant(time, zone));
    }

    /** For a column of an answer that is sorted by time: many neighbours have the same. */
    static final class Repeated {

        private @Nullable String text;
        private @Nullable Instant time;

        @Nullable Instant read(@Nullable String next) {
            if (next == null || !next.equals(text)) {
                time = Times.read(next);
                text = next;
            }
            return time;
        }
    }
}
