// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How times, numbers and JSON are written on a page; what is not there is a dash. */
@Component
class Words {

    private static final String NOTHING = "–";
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT);

    Words(Clock clock) {
        this.clock = clock;
    }

    public String time(@Nullable Object iso) {
        var time = instant(iso);
        return time == null ? NOTHING : UTC.format(time);
    }

    /** {@code 3 min ago}, {@code in 2 h}. */
    public String ago(@Nullable Object iso) {
        var time = instant(iso);
        if (time == null) {
            return NOTHING;
        }
        var since = Duration.between(time, clock.instant());
        return since.abs().toSeconds() < 1 ? "now" : since.isNegative() ? "in " + age(since.negated()) : age(since) + " ago";
    }

    /** When it is to happen: what ought to have happened already does not happen in the past. */
    public String due(@Nullable Object iso) {
        var time = instant(iso);
        return time != null && !time.isAfter(clock.instant()) ? "now" : ago(iso);
    }

    /** @param seconds a number of them */
    public String age(@Nullable Object seconds) {
        return seconds instanceof Number number ? age(Duration.ofSeconds(number.longValue())) : NOTHING;
    }

    private static String age(Duration time) {
        if (time.toSeconds() < 120) {
            return time.toSeconds() + " s";
        }
        if (time.toMinutes() < 120) {
            return time.toMinutes() + " min";
        }
        return time.toHours() < 72 ? time.toHours() + " h" : time.toDays() + " days";
    }

    public String number(@Nullable Object value) {
        return value instanceof Number number ? String.format(Locale.ROOT, "%,d", number.longValue()) : NOTHING;
    }

    public String minutes(@Nullable Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString()).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString() + " min" : NOTHING;
    }

    public String milliseconds(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() + " ms" : NOTHING;
    }

    /** Indented where it is JSON, otherwise as it is. */
    public String pretty(@Nullable Object text) {
        if (text == null) {
            return "";
        }
        try {
            return json.writeValueAsString(text instanceof String string ? json.readTree(string) : text);
        } catch (JsonProcessingException e) {
            return String.valueOf(text);
        }
    }

    private static @Nullable Instant instant(@Nullable Object iso) {
        try {
            return iso == null ? null : Instant.parse(String.valueOf(iso));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
