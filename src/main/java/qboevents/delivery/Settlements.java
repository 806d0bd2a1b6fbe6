// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import jakarta.annotation.PreDestroy;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.database.WriteBehind;
import qboevents.instance.Instances;
import qboevents.operator.Kind;
import qboevents.operator.OperatorEvents;

/**
 * Writes down what came of tries, many in one transaction, while the next ones are under way: what is lost with the process
 * is tried again under the same ids.
 */
@Component
class Settlements {

    private static final Logger log = LoggerFactory.getLogger(Settlements.class);
    private static final int MOST = 500;
    private static final Duration GATHER = Duration.ofMillis(20);
    private static final int WAITING = 5000; // then hands wait too
    private static final Duration PATIENCE = Duration.ofDays(1); // the lanes wait for it

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final JdbcClient client;
    private final DeliveryLanes lanes;
    private final Instances instances;
    private final OperatorEvents operator;
    private final DeliveryCounts counts;
    private final EventIds eventIds;
    private final WriteBehind<Outcome> written;

    Settlements(JdbcTemplate jdbc, JdbcClient client, TransactionTemplate transaction, DeliveryLanes lanes,
            Instances instances, OperatorEvents operator, DeliveryCounts counts, EventIds eventIds) {
        this.jdbc = jdbc;
        this.client = client;
        this.transaction = transaction;
        this.lanes = lanes;
        this.instances = instances;
        this.operator = operator;
        this.counts = counts;
        this.eventIds = eventIds;
        this.written = new WriteBehind<>("settlements", MOST, WAITING, GATHER, PATIENCE, this::write, lanes::settled);
    }

    /** The try is over; it is written down soon. */
    void settle(Outcome outcome) {
        if (outcome instanceof Outcome.Unsent) {
            log.warn("instance {} notification {}: not sent by this node, which was not there in time",
                    outcome.delivery().instance().id(), outcome.delivery().id());
            lanes.unsent(outcome.delivery());
            return;
        }
        counts.count(outcome);
        try {
            written.add(outcome);
        } finally {
            lanes.answered(outcome);
        }
    }

    private void write(List<Outcome> outcomes) {
        var ours = new ArrayList<Outcome>();
        transaction.executeWithoutResult(status -> {
            ours.clear();
            ours.addAll(ours(outcomes));
            attempts(outcomes);
            delete(ours.stream().filter(Settlements::leaves).toList());
            postpone(of(ours, Outcome.RetryAt.class));
            keep(of(ours, Outcome.Dead.class));
            tell(of(ours, Outcome.Ended.class));
        });
        if (ours.size() < outcomes.size()) {
            var lost = instances(outcomes);
            lost.removeAll(instances(ours));
            lanes.lost(lost); // or what is due still would be sent again
            log.warn("{} tries are left to other nodes to write down: they have taken over meanwhile", outcomes.size() - ours.size());
        }
        lanes.settled(outcomes);
        of(ours, Outcome.RetryAt.class).forEach(retry ->
            log.info("instance {} notification {}: {}; try {} at {}", retry.delivery().instance().id(),
                    retry.delivery().id(), retry.attempt().error(), retry.delivery().attempts() + 2, retry.time()));
        of(ours, Outcome.Dead.class).stream().filter(dead -> !dead.delivery().repeat()).forEach(dead ->
            log.warn("instance {} notification {}: {}; that was the last try, it is kept as queued",
                    dead.delivery().instance().id(), dead.delivery().id(), dead.attempt().error()));
    }

    /** Of a lane that another node has taken over nothing is written but that it was tried: that node sends it again, under the same ids. */
    private List<Outcome> ours(List<Outcome> outcomes) {
        var owned = lanes.owned(instances(outcomes));
        return outcomes.stream().filter(one -> owned.contains(one.delivery().instance().id())).toList();
    }

    private static Set<Long> instances(List<Outcome> outcomes) {
        return outcomes.stream().map(one -> one.delivery().instance().id()).collect(Collectors.toSet());
    }

    /** Delivered now, or before. */
    private static boolean leaves(Outcome outcome) {
        return outcome instanceof Outcome.Delivered || outcome instanceof Outcome.Ended
                || outcome instanceof Outcome.Dead && outcome.delivery().repeat();
    }

    private static <T extends Outcome> List<T> of(List<Outcome> outcomes, Class<T> type) {
        return outcomes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void attempts(List<Outcome> outcomes) {
        jdbc.batchUpdate(
                """
                insert into attempt (delivery_id, started_at, duration_ms, status_code, error, answer)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                """,
                outcomes, outcomes.size(), (row, one) -> {
                    var attempt = one.attempt();
                    row.setLong(1, one.delivery().id());
                    row.setObject(2, utc(attempt.startedAt()));
                    row.setInt(3, (int) attempt.duration().toMillis());
                    row.setObject(4, attempt.status(), Types.INTEGER);
                    row.setString(5, attempt.error());
                    row.setBytes(6, attempt.answer().length == 0 ? null : attempt.answer());
                });
    }

    private void delete(List<Outcome> settled) {
        if (!settled.isEmpty()) {
            client.sql("delete from delivery where id = any(:ids)")
                    .param("ids", settled.stream().map(one -> one.delivery().id()).toArray(Long[]::new)).update();
        }
    }

    private void postpone(List<Outcome.RetryAt> retries) {
        if (!retries.isEmpty()) {
            jdbc.batchUpdate(
                    """
                    update delivery
                    set status = ?, attempts = attempts + 1, next_attempt_at = ?, last_error = ? where id = ?
                    """,
                    retries, retries.size(), (row, one) -> {
                        row.setString(1, one.delivery().statusAfterFailure());
                        row.setObject(2, utc(one.time()));
                        row.setString(3, one.attempt().error());
                        row.setLong(4, one.delivery().id());
                    });
        }
    }

    private void keep(List<Outcome.Dead> dead) {
        for (var one : dead) {
            if (!one.delivery().repeat() && kept(one) == 0) {
                continue; // it is not owed any more
            }
            var id = one.delivery().instance().id();
            if (instances.hold(id, String.valueOf(one.attempt().error()))) {
                operator.tell(Kind.SUBSCRIPTION_DEACTIVATED, id, "Instance " + id + ": the last try to deliver a notification"
                        + " failed (" + one.attempt().error() + "). Everything is kept; mend the receiver, then release it with"
                        + " PUT /notifications/subscriptions/deliveries?where=status='queued' and instanceId=" + id);
            }
        }
    }

    private int kept(Outcome.Dead dead) {
        return client.sql("update delivery set status = 'queued', attempts = attempts + 1, last_error = :error where id = :id")
                .param("error", dead.attempt().error()).param("id", dead.delivery().id()).update();
    }

    private void tell(List<Outcome.Ended> ended) {
        for (var one : ended) {
            var id = one.delivery().instance().id();
            operator.tell(Kind.REDELIVERY_FAILED, id, "Instance " + id + ": event " + eventIds.of(one.delivery().id())
                    + " was delivered before, and the last try to send it again failed (" + one.attempt().error() + ")");
        }
    }

    @PreDestroy
    void close() {
        written.close();
        lanes.leave();
    }
}
