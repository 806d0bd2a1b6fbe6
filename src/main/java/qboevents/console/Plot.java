// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Bars over time, each on top of the other. The page shows the same numbers as a table to whoever cannot see them.
 *
 * @param times where each bar begins, seconds since 1970
 */
record Plot(String title, String unit, List<Long> times, List<Series> series) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param kind which colour it has, in the words of the style sheet */
    public record Series(String label, String kind, List<Long> values) {}

    /** What became of events. */
    static Plot ofEvents(String title, List<Map<String, Object>> counts) {
        return new Plot(title, "events", counts.stream().map(each -> seconds(each.get("date"))).toList(), List.of(
                new Series("delivered", "good", values(counts, "NOTIFIED")),
                new Series("under way", "busy", sum(values(counts, "NEW"), values(counts, "DISPATCHED"))),
                new Series("held", "bad", values(counts, "QUEUED"))));
    }

    /** Every day of the month, also those that are to come. */
    static Plot ofCalls(String title, Map<String, Object> month) {
        var told = new HashMap<Object, Map<String, Object>>();
        Calls.maps(month.get("days")).forEach(each -> told.put(each.get("day"), each));
        var named = YearMonth.parse(String.valueOf(month.get("month")));
        var dates = named.atDay(1).datesUntil(named.plusMonths(1).atDay(1)).toList();
        var days = dates.stream().map(day -> told.getOrDefault(day.toString(), Map.of())).toList();
        var metered = values(days, "metered");
        return new Plot(title, "calls", dates.stream().map(day -> day.atStartOfDay(ZoneOffset.UTC).toEpochSecond()).toList(), List.of(
                new Series("metered", "metered", metered),
                new Series("not metered", "free", minus(values(days, "calls"), metered))));
    }

    private static long seconds(@Nullable Object iso) {
        return Instant.parse(String.valueOf(iso)).getEpochSecond();
    }

    private static List<Long> values(List<Map<String, Object>> all, String name) {
        return all.stream().map(each -> each.get(name) instanceof Number number ? number.longValue() : 0L).toList();
    }

    private static List<Long> sum(List<Long> one, List<Long> other) {
        return IntStream.range(0, one.size()).mapToObj(i -> one.get(i) + other.get(i)).toList();
    }

    private static List<Long> minus(List<Long> one, List<Long> other) {
        return IntStream.range(0, one.size()).mapToObj(i -> one.get(i) - other.get(i)).toList();
    }

    public long total() {
        return series.stream().flatMap(each -> each.values().stream()).mapToLong(Long::longValue).sum();
    }

    /** Of the rows that are not all zero. */
    public List<Integer> rows() {
        return IntStream.range(0, times.size())
                .filter(i -> series.stream().anyMatch(each -> each.values().get(i) != 0)).boxed().toList();
    }

    public String time(int row) {
        return Instant.ofEpochSecond(times.get(row)).toString();
    }

    public String json() {
        try {
            return JSON.writeValueAsString(Map.of("times", times, "series", series));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
