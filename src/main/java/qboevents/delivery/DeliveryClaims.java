// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import jakarta.annotation.PostConstruct;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.database.Database;
import qboevents.event.Run;
import qboevents.instance.Node;

/**
 * Takes what is due: of each instance the oldest first, and no more than its share of this node's hands, so that a receiver
 * that hangs holds its own share only.
 */
@Component
class DeliveryClaims {

    /** A lane in which something is due that could not be taken (its instance is disabled) is looked at again after this. */
    private static final Duration LATER = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final Database database;
    private final JdbcTemplate batches;
    private final DeliveryRows rows;
    private final DeliverySettings settings;
    private final Node node;
    private final Clock clock;
    private final Lanes lanes;

    DeliveryClaims(
            JdbcClient jdbc,
            Database database,
            JdbcTemplate batches,
            DeliveryRows rows,
            DeliverySettings settings,
            Node node,
            Clock clock) {
        this.jdbc = jdbc;
        this.database = database;
        this.batches = batches;
        this.rows = rows;
        this.settings = settings;
        this.node = node;
        this.clock = clock;
        this.lanes = new Lanes(settings.workers(), settings.workersPerInstance());
    }

    /** Something new is owed. */
    void expect(List<Run> runs) {
        runs.forEach(run -> lanes.expect(run.instanceId(), run.recordedAt()));
    }

    /** Called by one thread at a time. Every delivery returned must be {@link #landed}. */
    synchronized List<Delivery> take() {
        var now = clock.instant();
        var claim = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        var candidates = new ArrayList<Delivery>();
        for (var share : lanes.open(now)) {
            var found = rows.due(share.instanceId(), share.free(), claim, now);
            candidates.addAll(found);
            if (found.size() < share.free()) {
                lookAgain(share.instanceId(), found.isEmpty(), now);
            } else {
                lanes.expect(share.instanceId(), now);
            }
        }
        var claimed = claim(candidates, now);
        claimed.forEach(delivery -> lanes.started(delivery.instance().id()));
        return claimed;
    }

    /** When the rest of the lane is due: retries, and what another node had claimed. */
    private void lookAgain(long instanceId, boolean nothingFound, Instant now) {
        rows.next(instanceId, nothingFound ? Instant.EPOCH : now)
                .ifPresent(next -> lanes.expect(instanceId, nothingFound && next.isBefore(now) ? now.plus(LATER) : next));
    }

    // Not "and status = 'due'": H2 would sometimes take that for a reason to walk the lane instead of the primary key.
    /** Those of the candidates that no other node was faster with, and that hold anything. */
    private List<Delivery> claim(List<Delivery> candidates, Instant now) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        var until = utc(now.plus(settings.lease()));
        int[] counts = batches.batchUpdate(
                        """
                        update delivery set claim = ?, claimed_by = ?, next_attempt_at = ?
                        where id = ? and next_attempt_at = ?
                        """,
                        candidates,
                        candidates.size(),
                        (row, delivery) -> {
                            row.setLong(1, delivery.claim());
                            row.setString(2, node.name());
                            row.setObject(3, until);
                            row.setLong(4, delivery.id());
                            row.setObject(5, utc(delivery.dueAt()));
                        })[0];
        var claimed = new ArrayList<Delivery>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                continue;
            }
            if (candidates.get(i).events().isEmpty()) {
                rows.forgetEmpty(candidates.get(i).id());
            } else {
                claimed.add(candidates.get(i));
            }
        }
        return claimed;
    }

    /** The try is over and written down. */
    void landed(Outcome outcome) {
        lanes.landed(outcome.delivery().instance().id());
        if (outcome instanceof Outcome.RetryAt retry) {
            lanes.expect(retry.delivery().instance().id(), retry.time());
        }
    }

    /** Whether something is known to be due that there are hands for. */
    boolean more() {
        return lanes.ready(clock.instant());
    }

    /** Finds what this node has not been told of: left by another node, enabled again, there since before the start. */
    void lookEverywhere() {
        rows.lanes().forEach(lanes::expect);
    }

    /** What a process of the same name was sending when it died is due at once; all of it where no other process can be. */
    @PostConstruct
    void freeOwn() {
        jdbc.sql(
                        """
                        update delivery set next_attempt_at = :now, claim = null, claimed_by = null
                        where status = 'due' and claim is not null and (:alone or claimed_by = :node)
                        """)
                .param("alone", database.ownedByThisProcess())
                .param("now", utc(clock.instant()))
                .param("node", node.name())
                .update();
        lookEverywhere();
    }
}
