// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.http.ApiException;
import qboevents.http.Page;
import qboevents.http.Query;
import qboevents.instance.Instances;
import qboevents.resource.Resources;

/** {@code /notifications/replays}: what was delivered is sent once more. {@link ReplaySteps} do it. */
@Component
class Replays {

    private static final String SELECT = """
            select id, instance_id, resource, from_at, to_at, created_at, state, done, total from replay
            """;
    private static final String COUNT = """
            select count(*) from event e left join delivery d on d.id = e.delivery_id
            where e.instance_id = :instance and e.recorded_at >= :from and e.recorded_at < :to
              and (:all or e.resource = :resource) and d.id is null
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Instances instances;
    private final Resources resources;
    private final Clock clock;

    Replays(JdbcClient jdbc, TransactionTemplate transaction, Instances instances, Resources resources, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.instances = instances;
        this.resources = resources;
        this.clock = clock;
    }

    /** @param only the instance of the caller's token; null: any */
    Map<String, Object> start(@Nullable Long only, @Nullable Object body) {
        var request = ReplayRequest.read(only, body, resources.names(), clock.instant());
        var instance = instances.get(request.instanceId());
        long total = jdbc.sql(COUNT)
                .param("instance", request.instanceId())
                .param("from", utc(request.from())).param("to", utc(request.to()))
                .param("all", request.resource() == null)
                .param("resource", request.resource() == null ? "" : request.resource())
                .query(Long.class).single();
        if (request.dryRun()) {
            return Map.of("dryRun", true, "instanceId", request.instanceId(), "total", total);
        }
        if (!instance.delivers()) {
            throw new ApiException(409, "Instance " + instance.id() + " gets nothing at the moment; enable it, or release what is"
                    + " queued with PUT /notifications/subscriptions/deliveries, then ask again");
        }
        return transaction.execute(status -> one(only, Long.toString(insert(request, total))));
    }

    private long insert(ReplayRequest request, long total) {
        var key = new GeneratedKeyHolder();
        jdbc.sql("""
                insert into replay (instance_id, resource, from_at, to_at, created_at, state, next_at, recorded_at, event_id, done, total)
                values (:instance, :resource, :from, :to, :now, 'running', :now, :from, -1, 0, :total)
                """)
                .param("instance", request.instanceId())
                .param("resource", request.resource(), Types.VARCHAR)
                .param("from", utc(request.from())).param("to", utc(request.to())).param("now", utc(clock.instant()))
                .param("total", total)
                .update(key, "id");
        return key.getKey().longValue();
    }

    /** What is answered to a request that was understood: nothing happens after a dry run. */
    int status(Map<String, Object> started) {
        return started.containsKey("dryRun") ? 200 : 202;
    }

    Page page(@Nullable Long only, @Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        int size = query.pageSize();
        long before = query.first("nextPageToken").map(Replays::position).orElse(Long.MAX_VALUE);
        var all = jdbc.sql(SELECT + "where id < :before and (:any or instance_id = :instance) order by id desc limit :most")
                .param("before", before).param("any", only == null).param("instance", only == null ? -1 : only)
                .param("most", size + 1)
                .query((row, number) -> view(row)).list();
        long total = jdbc.sql("select count(*) from replay where :any or instance_id = :instance")
                .param("any", only == null).param("instance", only == null ? -1 : only).query(Long.class).single();
        var page = all.subList(0, Math.min(size, all.size()));
        return new Page(page, total, page.size() < all.size() ? String.valueOf(page.get(page.size() - 1).get("id")) : null);
    }

    Map<String, Object> one(@Nullable Long only, @Nullable String id) {
        return jdbc.sql(SELECT + "where id = :id and (:any or instance_id = :instance)")
                .param("id", number(id)).param("any", only == null).param("instance", only == null ? -1 : only)
                .query((row, number) -> view(row)).optional()
                .orElseThrow(() -> new ApiException(404, "There is no replay " + id));
    }

    /** What is in the queue already is sent. */
    Map<String, Object> cancel(@Nullable Long only, @Nullable String id) {
        one(only, id);
        jdbc.sql("update replay set state = 'cancelled' where id = :id and state = 'running'").param("id", number(id)).update();
        return one(only, id);
    }

    private static long position(String token) {
        if (number(token) < 0) {
            throw new ApiException(400, "nextPageToken is not one that an answer gave");
        }
        return number(token);
    }

    private static long number(@Nullable String id) {
        return String.valueOf(id).matches("\\d{1,18}") ? Long.parseLong(String.valueOf(id)) : -1;
    }

    private static Map<String, Object> view(ResultSet row) throws SQLException {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", row.getLong("id"));
        view.put("instanceId", row.getLong("instance_id"));
        if (row.getString("resource") != null) {
            view.put("resource", row.getString("resource"));
        }
        view.put("from", time(row, "from_at"));
        view.put("to", time(row, "to_at"));
        view.put("status", "NOTIFIED");
        view.put("createdDate", time(row, "created_at"));
        view.put("state", row.getString("state"));
        view.put("done", row.getLong("done"));
        view.put("total", row.getLong("total"));
        return view;
    }

    private static String time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
