// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import static qboevents.database.SqlTime.utc;
import static qboevents.database.SqlTime.utcOrNull;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.event.Digests;
import qboevents.event.Operation;
import qboevents.instance.Instance;
import qboevents.resource.Resource;
import qboevents.resource.Resources;
import qboevents.resource.ResourcesElsewhere;

/** The rows of what is unread. */
@Component
class UnreadRows {

    private static final int BATCH = 1000;

    /** Two transactions that hold the same notices must not wait for each other crosswise. */
    private static final Comparator<Unread> IN_ORDER_OF_THE_KEY = Comparator.comparingLong(Unread::instanceId)
            .thenComparing(each -> each.resource().name())
            .thenComparing(each -> each.notice().objectId())
            .thenComparing(each -> version(each.notice()))
            .thenComparing(each -> each.notice().operation());

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Resources resources;
    private final ResourcesElsewhere elsewhere;

    UnreadRows(JdbcClient jdbc, JdbcTemplate batches, Resources resources, ResourcesElsewhere elsewhere) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.resources = resources;
        this.elsewhere = elsewhere;
    }

    /** What waits already is left as it is. */
    void insert(Collection<Unread> all, Instant now, Function<Unread, Instant> due) {
        batches.batchUpdate(
                """
                insert into unread_change (instance_id, resource, entity, object_id, operation, changed_at, version, element,
                                           told_at, due_at, failures)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
                on conflict do nothing
                """,
                all.stream().sorted(IN_ORDER_OF_THE_KEY).toList(),
                BATCH,
                (row, unread) -> set(row, unread, now, due.apply(unread)));
    }

    private static void set(PreparedStatement row, Unread unread, Instant now, Instant due) throws SQLException {
        var notice = unread.notice();
        row.setLong(1, unread.instanceId());
        row.setString(2, unread.resource().name());
        row.setString(3, unread.resource().entity());
        row.setString(4, notice.objectId());
        row.setString(5, notice.operation().name());
        row.setObject(6, utcOrNull(notice.time()), Types.TIMESTAMP_WITH_TIMEZONE);
        row.setString(7, version(notice));
        row.setBytes(8, notice.element());
        row.setObject(9, utc(now));
        row.setObject(10, utc(due));
    }

    private static String version(Notice notice) {
        return notice.time() == null
                ? "sha256:" + HexFormat.of().formatHex(Digests.sha256(notice.element()))
                : notice.time().toString();
    }

    /** What waits of an instance and is not being read. */
    List<Portion.Waiting> waiting(long instanceId, Instant now, Instant soon) {
        return jdbc.sql(
                        """
                        select resource, entity, count(case when due_at <= :soon then 1 end) as due, min(due_at) as first_at
                        from unread_change
                        where instance_id = :instance and (claim is null or due_at <= :now)
                        group by resource, entity
                        """)
                .param("instance", instanceId)
                .param("now", utc(now))
                .param("soon", utc(soon))
                .query((row, number) -> new Portion.Waiting(
                        resource(row.getString("resource"), row.getString("entity")),
                        row.getInt("due"),
                        row.getObject("first_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /**
     * What is due of some resources, unless another node reads of the instance. By primary key, whatever the statistics say of a
     * backlog.
     *
     * @param soon what is due until then is taken too
     */
    List<UnreadRow> claim(Instance instance, Collection<Resource> of, long claim, String node, Instant now, Instant soon,
            Instant leasedUntil, int most) {
        var candidates = candidates(instance, of, now, soon, most);
        if (candidates.length == 0) {
            return List.of();
        }
        jdbc.sql(
                        """
                        update unread_change set claim = :claim, leased_by = :node, due_at = :until
                        where id = any(:ids) and (claim is null or due_at <= :now)
                        """)
                .param("claim", claim)
                .param("node", node)
                .param("until", utc(leasedUntil))
                .param("ids", candidates)
                .param("now", utc(now))
                .update();
        return jdbc.sql("""
                        select id, resource, entity, object_id, operation, changed_at, element, told_at, failures
                        from unread_change where id = any(:ids) and claim = :claim
                        """)
                .param("ids", candidates)
                .param("claim", claim)
                .query((row, number) -> row(row, instance))
                .list();
    }

    private Long[] candidates(Instance instance, Collection<Resource> of, Instant now, Instant soon, int most) {
        return jdbc.sql(
                        """
                        select u.id from unread_change u
                        where u.instance_id = :instance and u.due_at <= :soon and u.resource = any(:resources)
                          and not exists (select 1 from unread_change o
                                          where o.instance_id = :instance and o.due_at > :now and o.claim is not null)
                        order by u.instance_id, u.due_at
                        limit :most
                        """)
                .param("instance", instance.id())
                .param("resources", of.stream().map(Resource::name).toArray(String[]::new))
                .param("now", utc(now))
                .param("soon", utc(soon))
                .param("most", most)
                .query(Long.class)
                .list()
                .toArray(Long[]::new);
    }

    /** Its route may be gone since. */
    private Resource resource(String name, String entity) {
        return resources.named(name).or(() -> elsewhere.named(name)).orElseGet(() -> new Resource(name, entity));
    }

    private UnreadRow row(ResultSet row, Instance instance) throws SQLException {
        var name = row.getString("resource");
        var entity = row.getString("entity");
        var changedAt = row.getObject("changed_at", OffsetDateTime.class);
        var notice = new Notice(
                instance.realmId(),
                entity,
                row.getString("object_id"),
                Operation.valueOf(row.getString("operation")),
                changedAt == null ? null : changedAt.toInstant(),
                row.getBytes("element"));
        return new UnreadRow(
                row.getLong("id"),
                new Unread(instance.id(), resource(name, entity), notice),
                row.getObject("told_at", OffsetDateTime.class).toInstant(),
                row.getInt("failures"));
    }

    // With max and not with exists: PostgreSQL might make a join of that, and read the whole log for it.
    /**
     * Those of which the log has a word that is not older. To the second: that is as fine as QuickBooks dates its records.
     *
     * @param deletions whether only a deletion counts
     * @param tolerance by how much a word may be older and still be the one that the notice means
     */
    Set<Long> outdated(Collection<UnreadRow> rows, boolean deletions, Duration tolerance) {
        return new HashSet<>(jdbc.sql(
                        """
                        select u.id from unread_change u
                        where u.id = any(:ids)
                          and date_trunc('second', coalesce(u.changed_at, u.told_at)) - interval '%d' second
                              <= (select max(e.changed_at) from event e
                                  where e.instance_id = u.instance_id and e.resource = u.resource
                                    and e.object_id = u.object_id
                                    and (e.event_type = 'DELETED' or not :deletions))
                        """.formatted(tolerance.toSeconds()))
                .param("ids", ids(rows))
                .param("deletions", deletions)
                .query(Long.class)
                .list());
    }

    /** Nothing more is to be told of them. */
    void forget(long claim, Collection<UnreadRow> rows) {
        jdbc.sql("delete from unread_change where id = any(:ids) and claim = :claim")
                .param("ids", ids(rows))
                .param("claim", claim)
                .update();
    }

    /** @param error null: nothing went wrong with them, it is only not their turn */
    void putOff(long claim, Collection<UnreadRow> rows, Instant due, @Nullable String error) {
        jdbc.sql(
                        """
                        update unread_change
                        set claim = null, leased_by = null, due_at = :due, failures = failures + :more,
                            last_error = coalesce(:error, last_error)
                        where id = any(:ids) and claim = :claim
                        """)
                .param("due", utc(due))
                .param("more", error == null ? 0 : 1)
                .param("error", error, Types.VARCHAR)
                .param("ids", ids(rows))
                .param("claim", claim)
                .update();
    }

    private static Long[] ids(Collection<UnreadRow> rows) {
        return rows.stream().map(UnreadRow::id).toArray(Long[]::new);
    }

    void renew(Collection<Burst> bursts, String node, Instant leasedUntil) {
        jdbc.sql(
                        """
                        update unread_change set due_at = :until
                        where instance_id = any(:instances) and claim = any(:claims) and leased_by = :node
                        """)
                .param("until", utc(leasedUntil))
                .param("instances", bursts.stream().map(Burst::instanceId).toArray(Long[]::new))
                .param("claims", bursts.stream().map(Burst::number).toArray(Long[]::new))
                .param("node", node)
                .update();
    }

    /** Every enabled instance of which anything waits, and when it is due first. Costs next to nothing while nothing waits. */
    Map<Long, Instant> heads() {
        var heads = new HashMap<Long, Instant>();
        jdbc.sql(
                        """
                        select h.id, h.due_at
                        from (select i.id, (select u.due_at from unread_change u where u.instance_id = i.id
                                            order by u.instance_id, u.due_at limit 1) as due_at
                              from instance i
                              where exists (select 1 from unread_change) and i.enabled and i.deleted_at is null) h
                        where h.due_at is not null
                        """)
                .query(row -> {
                    heads.put(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant());
                });
        return heads;
    }

    /** What was being read by processes that are gone is due at once. */
    void release(boolean all, String node, Instant now) {
        jdbc.sql(
                        """
                        update unread_change set claim = null, leased_by = null, due_at = :now
                        where claim is not null and (:all or leased_by = :node)
                        """)
                .param("now", utc(now))
                .param("all", all)
                .param("node", node)
                .update();
    }

    void forgetInstance(long instanceId) {
        jdbc.sql("delete from unread_change where instance_id = :instance").param("instance", instanceId).update();
    }
}
