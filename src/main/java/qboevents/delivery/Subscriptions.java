// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.database.AfterCommit;
import qboevents.http.Page;
import qboevents.http.Position;
import qboevents.http.Query;
import qboevents.instance.Instance;
import qboevents.instance.Instances;
import qboevents.operator.Kind;
import qboevents.operator.OperatorEvents;

/**
 * {@code /notifications/subscriptions/deliveries}, as Open Connectors has it: an instance is one subscription. What is owed
 * and not delivered is listed, the oldest first; what is queued is released, the oldest first.
 */
@Component
class Subscriptions {

    private static final List<String> OPEN = List.of("due", "retry", "again", "repeat", "replay");
    private static final List<String> LATER = List.of("retry", "repeat", "replay");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DeliveryRows rows;
    private final Instances instances;
    private final DeliveryLanes lanes;
    private final EventIds eventIds;
    private final OperatorEvents operator;
    private final Clock clock;

    Subscriptions(JdbcClient jdbc, TransactionTemplate transaction, DeliveryRows rows, Instances instances,
            DeliveryLanes lanes, EventIds eventIds, OperatorEvents operator, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.rows = rows;
        this.instances = instances;
        this.lanes = lanes;
        this.eventIds = eventIds;
        this.operator = operator;
        this.clock = clock;
    }

    /** @param only the instance of the caller's token; null: all */
    Page page(@Nullable Long only, @Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        return page(DeliveriesWhere.read(query.where()), only, query);
    }

    /**
     * Reactivates the subscriptions in which the condition finds something queued, and sends all that is queued there, since
     * nothing may overtake what is older. The answer lists what the condition found.
     */
    Page release(@Nullable Long only, @Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        var where = DeliveriesWhere.read(query.where()).queued();
        var found = page(where, only, query);
        owed(where, only).values().stream()
                .filter(instance -> anything(where, instance))
                .forEach(instance -> release(instance.id()));
        return found;
    }

    private boolean anything(DeliveriesWhere where, Instance instance) {
        return select("select 1", where, Map.of(instance.id(), instance), null, " limit 1")
                .query(Integer.class).optional().isPresent();
    }

    /** What was tried is tried at once and from the beginning of the schedule. */
    private void release(long instanceId) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    update delivery set status = 'retry', attempts = 0, next_attempt_at = :now
                    where instance_id = :instance and status in ('queued', 'retry')
                    """)
                    .param("now", utc(clock.instant())).param("instance", instanceId).update();
            if (instances.release(instanceId)) {
                operator.tell(Kind.SUBSCRIPTION_REACTIVATED, instanceId, "Instance " + instanceId + ": released, and sent again");
            }
            AfterCommit.run(() -> lanes.released(instanceId));
        });
    }

    private Page page(DeliveriesWhere where, @Nullable Long only, Query query) {
        int size = query.pageSize();
        var after = query.first("nextPageToken").map(Position::read);
        var of = owed(where, only);
        if (of.isEmpty()) {
            return Page.whole(List.of());
        }
        var entries = select("select d.id, d.instance_id, d.resource, d.status, d.attempts, d.next_attempt_at, d.created_at, d.last_error", where, of, after.orElse(null), " order by d.created_at, d.id limit :most")
                .param("most", size + 1)
                .query((row, number) -> entry(row, of))
                .list();
        long total = select("select count(*)", where, of, null, "").query(Long.class).single();
        var page = entries.subList(0, Math.min(size, entries.size()));
        var last = page.isEmpty() ? null : page.get(page.size() - 1);
        return new Page(
                page.stream().map(Entry::view).toList(),
                total,
                page.size() < entries.size() ? new Position(last.createdAt(), last.id()).token() : null);
    }

    /** The instances that are owed anything, as they are now. */
    private Map<Long, Instance> owed(DeliveriesWhere where, @Nullable Long only) {
        var ids = Stream.concat(OPEN.stream(), Stream.of("queued")).flatMap(status -> rows.lanes(status).keySet().stream())
                .filter(id -> only == null || only.equals(id))
                .distinct().toList();
        var found = new TreeMap<>(instances.readable(ids));
        found.values().removeIf(instance -> !where.matches(instance));
        return found;
    }

    private JdbcClient.StatementSpec select(
            String columns, DeliveriesWhere where, Map<Long, Instance> of, @Nullable Position after, String end) {
        var holding = of.values().stream().filter(instance -> !instance.delivers()).map(Instance::id).toArray(Long[]::new);
        var sending = of.values().stream().filter(Instance::delivers).map(Instance::id).toArray(Long[]::new);
        var statement = jdbc.sql(columns + """
                 from delivery d
                where (d.instance_id = any(:sending) and d.status in (:statuses)
                       or d.instance_id = any(:holding) and d.status in (:heldStatuses))
                  and d.created_at >= :from and d.created_at < :to
                """ + except(where) + (after == null ? "" : " and d.created_at >= :at and (d.created_at > :at or d.id > :id)")
                + end)
                .param("sending", sending)
                .param("holding", holding)
                .param("statuses", where.statuses())
                .param("heldStatuses", where.heldStatuses())
                .param("from", utc(where.from()))
                .param("to", utc(where.to()));
        for (int each = 0; each < where.except().size(); each++) {
            var time = where.except().get(each);
            statement = statement.param("after" + each, utc(time.from())).param("before" + each, utc(time.to()));
        }
        return after == null ? statement : statement.param("at", utc(after.time())).param("id", after.id());
    }

    private static String except(DeliveriesWhere where) {
        return IntStream.range(0, where.except().size())
                .mapToObj(each -> " and not (d.created_at >= :after" + each + " and d.created_at < :before" + each + ")")
                .collect(Collectors.joining());
    }

    private record Entry(long id, Instant createdAt, Map<String, Object> view) {}

    private Entry entry(ResultSet row, Map<Long, Instance> of) throws SQLException {
        var id = row.getLong("id");
        var createdAt = row.getObject("created_at", OffsetDateTime.class).toInstant();
        var instance = of.get(row.getLong("instance_id"));
        var view = new LinkedHashMap<String, Object>();
        view.put("notificationId", Long.toString(id));
        view.put("subscriptionId", instance.id());
        view.put("status", word(instance, row.getString("status")));
        view.put("createdDate", createdAt.truncatedTo(ChronoUnit.SECONDS).toString());
        view.put("instanceId", instance.id());
        view.put("eventId", eventIds.of(id));
        view.put("objectType", row.getString("resource"));
        view.put("attempts", row.getInt("attempts"));
        if (LATER.contains(row.getString("status")) && instance.delivers()) {
            view.put("nextAttemptDate",
                    row.getObject("next_attempt_at", OffsetDateTime.class).toInstant().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        if (row.getString("last_error") != null) {
            view.put("error", row.getString("last_error"));
        }
        view.put("subscription", subscription(instance));
        return new Entry(id, createdAt, view);
    }

    private static String word(Instance instance, String status) {
        if (status.equals("queued") || !instance.delivers()) {
            return "queued";
        }
        return status.equals("due") ? "created" : "retry";
    }

    private static Map<String, Object> subscription(Instance instance) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", instance.id());
        view.put("channel", "webhook");
        view.put("topics", List.of("instance-" + instance.id() + "-quickbooks-events"));
        var callback = instance.events().callback();
        view.put("config", callback == null || callback.url() == null ? Map.of() : Map.of("url", callback.url().toString()));
        view.put("active", instance.delivers());
        if (instance.held() != null) {
            view.put("deactivatedBecause", instance.held());
        }
        return view;
    }
}
