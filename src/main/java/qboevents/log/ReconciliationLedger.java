// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import static qboevents.database.SqlTime.utc;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.Page;
import qboevents.http.Position;
import qboevents.http.Query;
import qboevents.instance.Instances;
import qboevents.instance.Moments;

/**
 * {@code GET /instances/{id}/reconciliation}: by day (UTC), the newest first, how many changes polls and webhooks both told, how
 * many one of them told alone, and how many are lost.
 */
@Component
class ReconciliationLedger {

    /** Days behind today that are told. */
    static final int REACH = 30;

    private static final long SECONDS_OF_A_DAY = 86_400;
    private static final List<String> COUNTS = List.of("both", "recoveredByPoll", "webhookOnly", "lost");

    private final JdbcClient jdbc;
    private final Instances instances;
    private final Clock clock;

    ReconciliationLedger(JdbcClient jdbc, Instances instances, Clock clock) {
        this.jdbc = jdbc;
        this.instances = instances;
        this.clock = clock;
    }

    /** Both inclusive. */
    private record Days(LocalDate from, LocalDate to) {

        private Instant start() {
            return from.atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        private Instant end() {
            return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    /** Every day from the one on which the instance was made, also one on which nothing was told. */
    Page page(long instanceId, @Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        int size = query.pageSize();
        var days = days(query, day(instances.get(instanceId).createdAt()));
        var before = query.first("nextPageToken").map(Position::read).map(Position::time);
        var all = new ArrayList<Map<String, Object>>();
        var told = told(instanceId, days);
        for (var day = days.to(); !day.isBefore(days.from()); day = day.minusDays(1)) {
            all.add(entry(day, told.getOrDefault(day, Map.of())));
        }
        var rest = all.stream()
                .filter(entry -> before.isEmpty() || LocalDate.parse((String) entry.get("date")).isBefore(day(before.get())))
                .toList();
        var page = rest.subList(0, Math.min(size, rest.size()));
        return new Page(page, all.size(), page.size() < rest.size() ? token(page) : null);
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static String token(List<Map<String, Object>> page) {
        var last = LocalDate.parse((String) page.get(page.size() - 1).get("date"));
        return new Position(last.atStartOfDay(ZoneOffset.UTC).toInstant(), 0).token();
    }

    private static Map<String, Object> entry(LocalDate day, Map<String, Map<String, Long>> ofResources) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("date", day.toString());
        COUNTS.forEach(name -> entry.put(name, ofResources.values().stream().mapToLong(counts -> counts.get(name)).sum()));
        var resources = new ArrayList<Map<String, Object>>();
        ofResources.forEach((resource, counts) -> {
            var one = new LinkedHashMap<String, Object>();
            one.put("resource", resource);
            one.putAll(counts);
            resources.add(one);
        });
        entry.put("resources", resources);
        return entry;
    }

    /** By day, then by resource. */
    private Map<LocalDate, Map<String, Map<String, Long>>> told(long instanceId, Days days) {
        var told = new TreeMap<LocalDate, Map<String, Map<String, Long>>>();
        RowCallbackHandler add = row -> {
            var day = LocalDate.EPOCH.plusDays(row.getLong("on_day"));
            var counts = told.computeIfAbsent(day, each -> new TreeMap<>())
                    .computeIfAbsent(row.getString("resource"), each -> nothing());
            counts.merge(row.getString("what"), row.getLong("number"), Long::sum);
        };
        statement("""
                select floor(extract(epoch from recorded_at) / :seconds) as on_day, resource,
                       case when by_webhook = false then 'recoveredByPoll' when by_poll then 'both' else 'webhookOnly' end as what,
                       count(*) as number
                from reconciliation
                where instance_id = :instance and recorded_at >= :from and recorded_at < :to
                group by 1, 2, 3
                """, instanceId, days).query(add);
        statement("""
                select floor(extract(epoch from found_at) / :seconds) as on_day, resource, 'lost' as what, count(*) as number
                from lost_change
                where instance_id = :instance and found_at >= :from and found_at < :to
                group by 1, 2, 3
                """, instanceId, days).query(add);
        return told;
    }

    private JdbcClient.StatementSpec statement(String sql, long instanceId, Days days) {
        return jdbc.sql(sql)
                .param("seconds", SECONDS_OF_A_DAY)
                .param("instance", instanceId)
                .param("from", utc(days.start()))
                .param("to", utc(days.end()));
    }

    private static Map<String, Long> nothing() {
        var counts = new LinkedHashMap<String, Long>();
        COUNTS.forEach(name -> counts.put(name, 0L));
        return counts;
    }

    private Days days(Query query, LocalDate created) {
        var faults = new ArrayList<String>();
        var today = day(clock.instant());
        var from = day("from", query, faults);
        var to = day("to", query, faults);
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            faults.add("from must not be after to");
        }
        if (!faults.isEmpty()) {
            throw new ApiException(400, String.join("; ", faults));
        }
        var first = later(created, today.minusDays(REACH));
        return new Days(
                from.map(day -> later(day, first)).orElse(first),
                to.filter(day -> day.isBefore(today)).orElse(today));
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static Optional<LocalDate> day(String name, Query query, List<String> faults) {
        try {
            return query.first(name).map(text -> day(Moments.read(text.strip().replace(' ', '+'), ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            faults.add(name + " must be a day such as 2026-01-31");
            return Optional.empty();
        }
    }
}
