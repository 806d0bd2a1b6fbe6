// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.database.AfterCommit;
import qboevents.instance.Instance;
import qboevents.instance.Instances;

/**
 * Puts what is to be replayed into the queue, at most {@link #AT_A_TIME} notifications of an instance at a time and only while
 * nothing of its own waits there: so live traffic has the other hands, and a receiver that is down is not sent the past. How
 * far it has come is written in the same transaction, so a restart neither repeats nor leaves out anything.
 */
@Component
class ReplaySteps {

    private static final int AT_A_TIME = 2;
    private static final int EVENTS = 50; // at least that many notifications' at their most
    private static final int REPLAYS = 20; // in one tick
    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration LATE = Duration.ofSeconds(5); // of what is new: then it goes first

    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

    private final JdbcClient jdbc;
    private final DeliveryRows rows;
    private final TransactionTemplate transaction;
    private final Instances instances;
    private final DeliveryLanes lanes;
    private final Clock clock;

    ReplaySteps(JdbcClient jdbc, DeliveryRows rows, TransactionTemplate transaction, Instances instances, DeliveryLanes lanes,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.transaction = transaction;
        this.instances = instances;
        this.lanes = lanes;
        this.clock = clock;
    }

    private record Replay(long id, long instanceId, @Nullable String resource, Instant to, Instant time, long eventId) {}

    private record Run(long id, List<Long> events, Instant time) {}

    /** Takes every replay that is due one step further; on several nodes each is one node's at a time. */
    void step() {
        var now = clock.instant();
        var due = jdbc.sql("select id from replay where state = 'running' and next_at <= :now order by state, next_at limit :most")
                .param("now", utc(now)).param("most", REPLAYS).query(Long.class).list();
        for (var id : due) {
            transaction.executeWithoutResult(status -> step(id, now));
        }
    }

    private void step(long id, Instant now) {
        boolean mine = jdbc.sql("update replay set next_at = :next where id = :id and state = 'running' and next_at <= :now")
                .param("next", utc(now.plus(STEP))).param("id", id).param("now", utc(now)).update() == 1;
        if (!mine) {
            return;
        }
        var replay = jdbc.sql("select instance_id, resource, to_at, recorded_at, event_id from replay where id = :id").param("id", id)
                .query((row, number) -> new Replay(id, row.getLong("instance_id"), row.getString("resource"),
                        row.getObject("to_at", OffsetDateTime.class).toInstant(),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(), row.getLong("event_id")))
                .single();
        var instance = instances.current(List.of(replay.instanceId())).get(replay.instanceId());
        if (instance == null) {
            end(id, "cancelled"); // there is nobody left to send to
        } else if (instance.delivers()) {
            int room = room(instance, now);
            if (room > 0) {
                advance(replay, room, now);
            }
        }
    }

    private int room(Instance instance, Instant now) {
        boolean others = !rows.due(List.of("retry"), instance.id(), 1, EVER).isEmpty()
                || !rows.due(List.of("due"), instance.id(), 1, now.minus(LATE)).isEmpty();
        return others ? 0 : AT_A_TIME - rows.due(List.of("replay"), instance.id(), AT_A_TIME, EVER).size();
    }

    private void advance(Replay replay, int most, Instant now) {
        var runs = next(replay);
        var taken = runs.subList(0, Math.min(most, runs.size()));
        if (taken.isEmpty()) {
            end(replay.id(), "done");
            return;
        }
        int done = 0;
        for (var run : taken) {
            done += rows.repeat("replay", run.id(), now) ? run.events().size() : 0; // what is still owed is sent anyway
        }
        var last = taken.get(taken.size() - 1);
        jdbc.sql("update replay set recorded_at = :time, event_id = :event, done = done + :done where id = :id")
                .param("time", utc(last.time())).param("event", last.events().get(last.events().size() - 1))
                .param("done", done).param("id", replay.id()).update();
        AfterCommit.run(() -> lanes.expect(replay.instanceId()));
    }

    private void end(long id, String state) {
        jdbc.sql("update replay set state = :state where id = :id").param("state", state).param("id", id).update();
    }

    /** The next notifications, of which only the last one can be cut. */
    private List<Run> next(Replay replay) {
        var runs = new ArrayList<Run>();
        jdbc.sql("""
                select id, delivery_id, recorded_at from event
                where instance_id = :instance and recorded_at >= :time and (recorded_at > :time or id > :id) and recorded_at < :to
                  and (:all or resource = :resource)
                order by instance_id, recorded_at, id
                limit :most
                """)
                .param("instance", replay.instanceId()).param("time", utc(replay.time())).param("id", replay.eventId())
                .param("to", utc(replay.to())).param("all", replay.resource() == null)
                .param("resource", replay.resource() == null ? "" : replay.resource()).param("most", EVENTS)
                .query(row -> {
                    var run = row.getLong("delivery_id");
                    if (runs.isEmpty() || runs.get(runs.size() - 1).id() != run) {
                        runs.add(new Run(run, new ArrayList<>(), row.getObject("recorded_at", OffsetDateTime.class).toInstant()));
                    }
                    runs.get(runs.size() - 1).events().add(row.getLong("id"));
                });
        return runs;
    }
}
