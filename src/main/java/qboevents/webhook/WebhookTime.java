// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/** The time of a change: none to nine fraction digits, {@code Z}, {@code -07:00} or {@code -0700}. */
final class WebhookTime {

    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);
    private static final int LAST_YEAR = 9998; // whatever the offset, four digits remain

    /** How far Intuit's clock may be ahead of ours. A state dated later would keep out all that come after it. */
    private static final Duration TOLERANCE = Duration.ofMinutes(10);

    private WebhookTime() {}

    /** Null for what is no time of a change that has happened: it is told all the same. Without an offset it is UTC, as all of CloudEvents is. */
    static @Nullable Instant read(@Nullable String text, Instant now) {
        if (text == null) {
            return null;
        }
        try {
            var parsed = READ.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from);
            var time = parsed instanceof OffsetDateTime at ? at : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
            boolean possible = time.getYear() >= 1 && time.getYear() <= LAST_YEAR && !time.toInstant().isAfter(now.plus(TOLERANCE));
            return possible ? time.toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
