// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import static qboevents.database.SqlTime.utc;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.Page;
import qboevents.http.Query;
import qboevents.instance.Instance;
import qboevents.instance.Instances;
import qboevents.instance.Moments;

/** {@code GET /instances/events/analytics}: how many events came in each interval, and what became of them. */
@Component
class Analytics {

    private static final Map<String, Duration> INTERVALS = Map.of(
            "minute", Duration.ofMinutes(1), "hour", Duration.ofHours(1), "day", Duration.ofDays(1), "week", Duration.ofDays(7));
    private static final Duration DEFAULT_RANGE = Duration.ofDays(1);
    private static final int MOST = 10_000;
    private static final List<String> TYPES = List.of("CREATED", "UPDATED", "DELETED", "UNKNOWN");

    private final JdbcClient jdbc;
    private final Instances instances;
    private final Clock clock;

    Analytics(JdbcClient jdbc, Instances instances, Clock clock) {
        this.jdbc = jdbc;
        this.instances = instances;
        this.clock = clock;
    }

    private record Range(Instant from, Instant to, Duration interval) {}

    /** @param only the instance of the caller's token; null: all */
    Page counts(@Nullable Long only, @Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        var range = range(query);
        var of = only == null ? instances.ids() : List.of(only);
        var holding = instances.readable(of).values().stream()
                .filter(instance -> !instance.delivers()).map(Instance::id).toArray(Long[]::new);
        var buckets = new TreeMap<Long, Map<String, Object>>();
        long seconds = range.interval().toSeconds();
        for (long at = Math.floorDiv(range.from().getEpochSecond(), seconds); at * seconds < range.to().getEpochSecond(); at++) {
            buckets.put(at, empty(Instant.ofEpochSecond(at * seconds)));
        }
        jdbc.sql("""
                select floor(extract(epoch from e.recorded_at) / :seconds) as bucket, e.event_type,
                       case when d.id is null then 'NOTIFIED'
                            when d.status = 'queued' or d.instance_id = any(:holding) then 'QUEUED'
                            when d.status = 'due' then 'NEW'
                            else 'DISPATCHED' end as what,
                       count(*) as number
                from event e left join delivery d on d.id = e.delivery_id
                where e.instance_id = any(:of) and e.recorded_at >= :from and e.recorded_at < :to
                group by 1, 2, 3
                """)
                .param("seconds", seconds)
                .param("holding", holding)
                .param("of", of.toArray(Long[]::new))
                .param("from", utc(range.from()))
                .param("to", utc(range.to()))
                .query(row -> {
                    var bucket = buckets.get(row.getLong("bucket"));
                    for (var name : List.of("count", row.getString("event_type"), row.getString("what"))) {
                        bucket.merge(name, row.getLong("number"), (one, other) -> (Long) one + (Long) other);
                    }
                });
        return Page.whole(List.copyOf(buckets.values()));
    }

    private static Map<String, Object> empty(Instant start) {
        var bucket = new LinkedHashMap<String, Object>();
        bucket.put("date", start.toString());
        bucket.put("count", 0L);
        TYPES.forEach(type -> bucket.put(type, 0L));
        for (var status : EventStatus.values()) {
            bucket.put(status.name(), 0L);
        }
        return bucket;
    }

    private Range range(Query query) {
        var faults = new ArrayList<String>();
        var word = query.first("interval").orElse("hour");
        var interval = INTERVALS.get(word);
        if (interval == null) {
            faults.add("interval must be minute, hour, day or week");
        }
        var to = time("to", query, faults).orElse(clock.instant());
        var from = time("from", query, faults).orElse(to.minus(DEFAULT_RANGE));
        if (!from.isBefore(to)) {
            faults.add("from must be before to");
        } else if (interval != null && Duration.between(from, to).dividedBy(interval) >= MOST) {
            faults.add("from and to are more than " + MOST + " intervals apart");
        }
        if (!faults.isEmpty()) {
            throw new ApiException(400, String.join("; ", faults));
        }
        return new Range(from, to, interval);
    }

    private static Optional<Instant> time(String name, Query query, List<String> faults) {
        try {
            return query.first(name).map(text -> text.matches("\\d{9,15}")
                    ? Instant.ofEpochMilli(Long.parseLong(text))
                    : Moments.read(text.strip().replace(' ', '+'), ZoneOffset.UTC));
        } catch (DateTimeException e) {
            faults.add(name + " must be a date such as 2026-01-31T08:00:00Z, or milliseconds since 1970");
            return Optional.empty();
        }
    }
}
