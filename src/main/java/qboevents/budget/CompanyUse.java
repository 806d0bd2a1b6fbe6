// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a company has used, day by day, as the database knows it. Used by one thread at a time. */
final class CompanyUse {

    /** Of the last days and today the pace is taken, so that one day's many changes do not count as every day's. */
    static final int DAYS_BEFORE = 3;

    /** What began less than a day ago is taken as a day's: reading a company's history at once is nobody's pace. */
    private static final Duration SHORTEST = Duration.ofDays(1);

    private final NavigableMap<LocalDate, DayUse> days = new TreeMap<>();

    void add(LocalDate day, DayUse use) {
        days.merge(day, use, DayUse::plus);
    }

    /** What was read before and is read anew, and what nobody asks for any more. */
    void forget(LocalDate from, LocalDate before) {
        days.tailMap(from, true).clear();
        days.headMap(before, false).clear();
    }

    boolean isEmpty() {
        return days.isEmpty();
    }

    long used(YearMonth month) {
        return days.subMap(month.atDay(1), true, month.atEndOfMonth(), true).values().stream()
                .mapToLong(DayUse::metered).sum();
    }

    Pace pace(Instant now) {
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var recent = days.subMap(today.minusDays(DAYS_BEFORE), true, today, true);
        if (recent.isEmpty()) {
            return Pace.NONE;
        }
        var sum = recent.values().stream().reduce(DayUse.NONE, DayUse::plus);
        var began = recent.firstKey().atStartOfDay(ZoneOffset.UTC).toInstant();
        double seconds = Math.max(Duration.between(began, now).toSeconds(), SHORTEST.toSeconds());
        return new Pace(sum.metered() / seconds, sum.others() / seconds, sum.wanted() / seconds);
    }
}
