// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A time as a parameter: in UTC, and no finer than both databases store it. A finer one would be rounded when it is
 * written and not be found again by H2.
 */
public final class SqlTime {

    private SqlTime() {}

    public static OffsetDateTime utc(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    public static @Nullable OffsetDateTime utcOrNull(@Nullable Instant time) {
        return time == null ? null : utc(time);
    }
}
