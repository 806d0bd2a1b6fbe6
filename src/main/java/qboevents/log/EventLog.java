// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import static qboevents.database.SqlTime.utc;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.delivery.EventIds;
import qboevents.event.Run;
import qboevents.http.ApiException;
import qboevents.http.Page;
import qboevents.http.Position;
import qboevents.http.Query;
import qboevents.instance.Instances;

/** The events of an instance, the newest first, and what became of each. */
@Component
class EventLog {

    private static final String FROM = " from event e left join delivery d on d.id = e.delivery_id ";

    private final JdbcClient jdbc;
    private final Instances instances;
    private final EventIds eventIds;
    private final EventView view;

    EventLog(JdbcClient jdbc, Instances instances, EventIds eventIds, EventView view) {
        this.jdbc = jdbc;
        this.instances = instances;
        this.eventIds = eventIds;
        this.view = view;
    }

    private record Entry(Position position, Map<String, Object> view) {}

    Page page(long instanceId, @Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        boolean delivers = instances.get(instanceId).delivers();
        var where = EventsWhere.read(query.where(), delivers);
        long total = jdbc.sql("select count(*)" + (where.conditions().isEmpty() ? " from event e " : FROM)
                        + "where e.instance_id = :instance" + where.sql())
                .param("instance", instanceId).params(where.parameters()).query(Long.class).single();
        var page = page(instanceId, query, where, delivers);
        return new Page(page.items(), total, page.next());
    }

    /** The same for somebody who looks every few seconds: counting a long log takes longer than that. */
    Page uncounted(long instanceId, @Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        boolean delivers = instances.get(instanceId).delivers();
        return page(instanceId, query, EventsWhere.read(query.where(), delivers), delivers);
    }

    private Page page(long instanceId, Query query, EventsWhere where, boolean delivers) {
        int size = query.pageSize();
        var before = query.first("nextPageToken").map(Position::read).orElse(null);
        var statement = jdbc.sql("select " + EventView.COLUMNS + FROM + " where e.instance_id = :instance" + where.sql()
                        + (before == null ? "" : " and e.recorded_at <= :time and (e.recorded_at < :time or e.id < :id)")
                        + " order by e.instance_id desc, e.recorded_at desc, e.id desc limit :most")
                .param("instance", instanceId)
                .params(where.parameters())
                .param("most", size + 1);
        var entries = (before == null ? statement : statement.param("time", utc(before.time())).param("id", before.id()))
                .query((row, number) -> new Entry(
                        new Position(EventView.time(row, "recorded_at"), row.getLong("id")), view.of(row, delivers)))
                .list();
        var page = entries.subList(0, Math.min(size, entries.size()));
        var next = page.size() < entries.size() ? page.get(page.size() - 1).position().token() : null;
        return new Page(page.stream().map(Entry::view).toList(), page.size(), next);
    }

    /**
     * One event with every try to deliver it.
     *
     * @param only the instance of the caller's token; null: all
     * @param eventId its own id, or {@code message.eventId} of its notification
     */
    Map<String, Object> one(@Nullable Long only, @Nullable String eventId) {
        var found = found(eventId).orElseThrow(() -> unknown(eventId));
        if (only != null && only != found.instanceId()) {
            throw new ApiException(403, "The event is another instance's");
        }
        return whole(found);
    }

    /** The same below an instance's path, where no other's are. */
    Map<String, Object> oneOf(long instanceId, @Nullable String eventId) {
        return whole(found(eventId).filter(each -> each.instanceId() == instanceId).orElseThrow(() -> unknown(eventId)));
    }

    private static ApiException unknown(@Nullable String eventId) {
        return new ApiException(404, "There is no event " + eventId);
    }

    private Optional<One> found(@Nullable String eventId) {
        var id = eventIds.id(eventId);
        return id.isEmpty() ? Optional.empty() : jdbc.sql("select " + EventView.COLUMNS + FROM
                        + " where e.id between :id and :id + :most and (e.id = :id or e.delivery_id = :id) order by e.id limit 1")
                .param("id", id.getAsLong())
                .param("most", Run.MOST)
                .query((row, number) -> new One(
                        row.getLong("instance_id"), row.getLong("delivery_id"), view.of(row, true), view.of(row, false)))
                .optional();
    }

    private Map<String, Object> whole(One found) {
        var one = new LinkedHashMap<>(delivers(found.instanceId()) ? found.sent() : found.held());
        one.put("attempts", attempts(found.deliveryId()));
        return one;
    }

    /** Whether it is held is asked when the row is read and its connection given back. */
    private record One(long instanceId, long deliveryId, Map<String, Object> sent, Map<String, Object> held) {}

    /** Of an instance that is gone nothing is owed any more. */
    private boolean delivers(long instanceId) {
        return instances.current(List.of(instanceId)).values().stream().allMatch(instance -> instance.delivers());
    }

    private List<Map<String, Object>> attempts(long deliveryId) {
        return jdbc.sql("""
                select started_at, duration_ms, status_code, error, answer from attempt
                where delivery_id = :id order by delivery_id, started_at
                """)
                .param("id", deliveryId)
                .query((row, number) -> {
                    var attempt = new LinkedHashMap<String, Object>();
                    attempt.put("time", String.valueOf(EventView.time(row, "started_at")));
                    attempt.put("duration", row.getInt("duration_ms"));
                    attempt.put("statusCode", row.getObject("status_code"));
                    attempt.put("error", row.getString("error"));
                    var answer = row.getBytes("answer");
                    attempt.put("answer", answer == null ? "" : new String(answer, StandardCharsets.UTF_8));
                    attempt.values().removeIf(value -> value == null);
                    return (Map<String, Object>) attempt;
                })
                .list();
    }
}
