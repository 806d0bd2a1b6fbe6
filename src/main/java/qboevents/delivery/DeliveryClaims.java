// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static qboevents.database.SqlTime.utc;

import jakarta.annotation.PostConstruct;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.database.Database;
import qboevents.event.Run;
import qboevents.instance.Instances;
import qboevents.instance.Node;

/**
 * Takes what is due, of each instance the oldest first, and gives it to this node's hands, each instance in turn and no more
 * of them than its share, so that a receiver that hangs holds its own share only.
 */
@Component
class DeliveryClaims {

    private static final Logger log = LoggerFactory.getLogger(DeliveryClaims.class);

    /** A lane in which something is due that could not be taken (its instance is disabled) is looked at again after this. */
    private static final Duration LATER = Duration.ofSeconds(1);

    private static final long ROOM = 24L * 1024 * 1024;

    private final JdbcClient jdbc;
    private final Database database;
    private final JdbcTemplate batches;
    private final DeliveryRows rows;
    private final Instances instances;
    private final DeliverySettings settings;
    private final Node node;
    private final Clock clock;
    private final Lanes lanes;
    private volatile boolean stopping;

    DeliveryClaims(
            JdbcClient jdbc,
            Database database,
            JdbcTemplate batches,
            DeliveryRows rows,
            Instances instances,
            DeliverySettings settings,
            Node node,
            Clock clock) {
        this.jdbc = jdbc;
        this.database = database;
        this.batches = batches;
        this.rows = rows;
        this.instances = instances;
        this.settings = settings;
        this.node = node;
        this.clock = clock;
        this.lanes = new Lanes(settings.workers(), settings.workersPerInstance(), ROOM);
    }

    /** Whether what is owed may be handed over at once. Then it must be {@link #add added} or {@link #refuse refused}. */
    boolean admit(Run run, Instant now) {
        return !stopping && lanes.admit(run.instanceId(), Delivery.bytes(run.events()), now);
    }

    void add(Delivery delivery) {
        lanes.add(delivery);
    }

    void refuse(Run run) {
        lanes.refuse(run.instanceId(), Delivery.bytes(run.events()));
    }

    /** Something new is owed that waits in the database. */
    void expect(Run run) {
        lanes.expect(run.instanceId(), run.recordedAt());
    }

    /** Fills the lanes from the database. */
    synchronized void take() {
        var now = clock.instant();
        var claim = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        var shares = stopping ? List.<Lanes.Share>of() : lanes.open(now);
        var claimed = new HashMap<Long, List<Delivery>>();
        var next = new HashMap<Long, Instant>();
        shares.forEach(share -> next.put(share.instanceId(), now.plus(LATER))); // unless more is known below
        try {
            var candidates = new ArrayList<Delivery>();
            for (var share : shares) {
                var found = rows.due(share.instanceId(), share.most(), claim, now, now.plus(settings.lease()));
                candidates.addAll(found);
                next.put(share.instanceId(), found.size() < share.most() ? rest(share.instanceId(), found.isEmpty(), now) : now);
            }
            claim(candidates, now).forEach(delivery ->
                    claimed.computeIfAbsent(delivery.instance().id(), id -> new ArrayList<>()).add(delivery));
        } finally {
            shares.forEach(share -> lanes.looked(share.instanceId(), claimed.getOrDefault(share.instanceId(), List.of()),
                    next.get(share.instanceId())));
        }
    }

    /** When the rest of the lane is due: retries, and what another node had claimed. */
    private @Nullable Instant rest(long instanceId, boolean nothingFound, Instant now) {
        return rows.next(instanceId, nothingFound ? Instant.EPOCH : now)
                .map(next -> nothingFound && next.isBefore(now) ? now.plus(LATER) : next)
                .orElse(null);
    }

    // Not "and status = 'due'": H2 would sometimes take that for a reason to walk the lane instead of the primary key.
    /** Those of the candidates that no other node was faster with, and that hold anything. */
    private List<Delivery> claim(List<Delivery> candidates, Instant now) {
        if (candidates.isEmpty()) {
            return List.of();
        }
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
                            row.setObject(3, utc(delivery.leasedUntil()));
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

    /** As many entries as there are hands to start; each of them asks for {@link #next} until there is nothing. */
    List<Integer> hands() {
        return Collections.nCopies(lanes.start(), 1);
    }

    /** The next to send; null: the hand is not needed any more. */
    @Nullable Delivery next() {
        for (var delivery = lanes.next(); delivery != null; delivery = lanes.next()) {
            var instance = instances.newest(delivery.instance());
            var inTime = clock.instant().plus(settings.timeout()).isBefore(delivery.leasedUntil());
            if (inTime && instance.enabled() && !stopping) {
                return delivery.to(instance);
            }
            giveBack(delivery);
        }
        return null;
    }

    /** With everything of its instance that waits here: it is due as it was before. */
    private void giveBack(Delivery delivery) {
        var id = delivery.instance().id();
        var all = new ArrayList<>(List.of(delivery));
        all.addAll(lanes.drain(id));
        try {
            rows.release(all);
            lanes.expect(id, clock.instant());
        } catch (DataAccessException e) {
            log.warn("instance {}: {} notifications wait until their lease ends: {}", id, all.size(), e.getMessage());
            lanes.expect(id, delivery.leasedUntil());
        } finally {
            lanes.landed(id);
        }
    }

    /** The try is over. */
    void landed(Outcome outcome) {
        lanes.landed(outcome.delivery().instance().id());
    }

    /** It is due again, and that is on disk. */
    void expect(Outcome.RetryAt retry) {
        lanes.expect(retry.delivery().instance().id(), retry.time());
    }

    /** Whether something is known to be due in the database that there is room for. */
    boolean more() {
        return !stopping && lanes.more(clock.instant());
    }

    /** Finds what this node has not been told of: left by another node, enabled again, there since before the start. */
    void lookEverywhere() {
        rows.lanes().forEach(lanes::expect);
    }

    /** Finds out which instances were changed by another node while something of them waits here. */
    void lookAround() {
        instances.current(lanes.waiting());
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

    /** What is being sent is sent, what waits is left to others. */
    @EventListener
    void stop(ContextClosedEvent event) {
        stopping = true;
    }
}
