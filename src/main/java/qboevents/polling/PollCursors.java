// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import static qboevents.database.SqlTime.utc;
import static qboevents.database.SqlTime.utcOrNull;

import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.instance.Instance;
import qboevents.instance.Instances;
import qboevents.instance.Start;
import qboevents.resource.Resources;
import qboevents.resource.ResourcesChanged;

/** Which resources of which instances are polled. */
@Component
public class PollCursors {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Instances instances;
    private final Resources resources;
    private final CompanyClaims companies;
    private final Paces paces;
    private final Clock clock;

    PollCursors(
            JdbcClient jdbc,
            JdbcTemplate batches,
            Instances instances,
            Resources resources,
            CompanyClaims companies,
            Paces paces,
            Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.instances = instances;
        this.resources = resources;
        this.companies = companies;
        this.paces = paces;
        this.clock = clock;
    }

    /**
     * Makes the cursors what the instance's configuration says. A resource that is no longer chosen loses its cursor; an
     * instance that is not polled for a while keeps them and goes on from there, and so does one that wants every resource
     * and finds one offered again that no route offered for a while.
     */
    public void follow(Instance instance) {
        if (!instance.events().polls()) {
            return;
        }
        boolean every = instance.events().resources().isEmpty();
        var wanted = new TreeSet<>(every ? resources.names() : instance.events().resources());
        jdbc.sql("delete from poll_cursor where instance_id = :instance and not :every and not (resource = any(:wanted))")
                .param("instance", instance.id())
                .param("every", every)
                .param("wanted", wanted.toArray(String[]::new))
                .update();
        companies.follow(instance);
        insert(instance, List.copyOf(wanted));
        bringForward(instance, List.copyOf(wanted));
    }

    /** Whoever polls everything also polls what the routes offer since the last start. */
    @EventListener(ApplicationReadyEvent.class)
    void followNewResources() {
        follow(resources.names());
    }

    /** And since they were edited. */
    @EventListener
    void followNewResources(ResourcesChanged changed) {
        follow(changed.added());
    }

    private void follow(Collection<String> added) {
        var without = new TreeSet<Long>();
        for (var resource : added) {
            without.addAll(jdbc.sql(
                            """
                            select i.id from instance i
                            where i.polls and i.deleted_at is null
                              and not exists (select 1 from poll_cursor c where c.instance_id = i.id and c.resource = :resource)
                            """)
                    .param("resource", resource)
                    .query(Long.class)
                    .list());
        }
        instances.readable(without).values().stream() // each once: who polls a few resources is found for all the others
                .filter(instance -> instance.events().resources().isEmpty())
                .forEach(this::followAlso);
    }

    /** What is there already stays as it is, paused or not. */
    private void followAlso(Instance instance) {
        companies.follow(instance);
        insert(instance, resources.names());
    }

    private void insert(Instance instance, List<String> wanted) {
        var now = clock.instant();
        var past = utc(Instant.EPOCH);
        var rows = new ArrayList<Object[]>();
        for (int i = 0; i < wanted.size(); i++) {
            rows.add(new Object[] {
                instance.id(), wanted.get(i), utc(now), utcOrNull(start(instance.events().start())),
                utc(firstDue(instance, wanted.get(i), i, wanted.size())), past, 0, 0
            });
        }
        batches.batchUpdate(
                """
                insert into poll_cursor (instance_id, resource, created_at, start_at, due_at, leased_until, failures, calls)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                rows,
                new int[] {
                    Types.BIGINT, Types.VARCHAR, Types.TIMESTAMP_WITH_TIMEZONE,
                    Types.TIMESTAMP_WITH_TIMEZONE, Types.TIMESTAMP_WITH_TIMEZONE,
                    Types.TIMESTAMP_WITH_TIMEZONE, Types.INTEGER, Types.BIGINT
                });
    }

    /** Null: now, which only QuickBooks' first answer can say on its clock. */
    private static @Nullable Instant start(Start start) {
        return switch (start.kind()) {
            case NOW -> null;
            case BEGINNING -> Instant.EPOCH;
            case AT -> start.at();
        };
    }

    /** Within the first interval, even of what is polled once a day: together, or spread over it. */
    private Instant firstDue(Instance instance, String resource, int index, int count) {
        var interval = instance.events().refreshInterval();
        if (paces.together(instance, resource)) {
            return paces.next(instance, interval, clock.instant());
        }
        return clock.instant().plusMillis((long) (interval.toMillis() * (index + Paces.share(instance)) / count));
    }

    /** A shorter interval holds from now on, and saving an instance resumes what was paused (as with Cloud Elements). */
    private void bringForward(Instance instance, List<String> wanted) {
        var now = clock.instant();
        var rows = IntStream.range(0, wanted.size())
                .mapToObj(i -> new Object[] {
                    utc(firstDue(instance, wanted.get(i), i, wanted.size())), instance.id(), wanted.get(i),
                    utc(now.plus(paces.of(instance, wanted.get(i), now).interval()))
                })
                .toList();
        batches.batchUpdate(
                """
                update poll_cursor
                set due_at = ?, failures = case when paused_at is null then failures else 0 end, paused_at = null
                where instance_id = ? and resource = ? and (due_at > ? or paused_at is not null)
                """,
                rows,
                new int[] {Types.TIMESTAMP_WITH_TIMEZONE, Types.BIGINT, Types.VARCHAR, Types.TIMESTAMP_WITH_TIMEZONE});
    }

    /** Due at once, also when it was paused. */
    public void pollNow(long instanceId, @Nullable String resource) {
        jdbc.sql(
                        """
                        update poll_cursor
                        set due_at = :now, failures = case when paused_at is null then failures else 0 end, paused_at = null
                        where instance_id = :instance and (:every or resource = :resource)
                        """)
                .param("now", utc(clock.instant()))
                .param("instance", instanceId)
                .param("every", resource == null)
                .param("resource", resource == null ? "" : resource)
                .update();
    }

    /** Of an instance that is gone. */
    public void forget(long instanceId) {
        jdbc.sql("delete from poll_cursor where instance_id = :instance").param("instance", instanceId).update();
        companies.forget(instanceId);
    }
}
