// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import com.sun.management.OperatingSystemMXBean;
import jakarta.annotation.PostConstruct;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import qboevents.delivery.DeliveryRows.Head;
import qboevents.delivery.DeliveryRows.Row;
import qboevents.event.Run;
import qboevents.http.EndBefore;
import qboevents.instance.Instance;
import qboevents.instance.Instances;

/**
 * Gives what is owed to this node's hands, each instance in turn and no more of them than its share, so that a receiver that
 * hangs holds its own share only. Reads from the database what was not handed over. See decisions/0002-delivery-lanes.md.
 */
@Component
class DeliveryLanes {

    private static final Logger log = LoggerFactory.getLogger(DeliveryLanes.class);

    /** By an operator. */
    private static final List<String> ASKED_FOR = List.of("again", "repeat");

    private static final long ROOM = 24L * 1024 * 1024;
    private static final long SHARE = ROOM / 32;
    private static final int MOST_OF_ONE_HAND = 32;
    private static final int AT_A_TIME = 64;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration RENEWED_AFTER = Duration.ofSeconds(3); // far from where a try would outlive the lease
    private static final Duration KEPT_UNUSED = Duration.ofMinutes(1);

    private final DeliveryRows rows;
    private final LaneRows leases;
    private final LaneBells bells;
    private final Instances instances;
    private final DeliverySettings settings;
    private final Clock clock;
    private final Lanes lanes;
    private final ReentrantLock everywhere = new ReentrantLock();
    private volatile boolean stopping;

    DeliveryLanes(DeliveryRows rows, LaneRows leases, LaneBells bells, Instances instances, DeliverySettings settings, Clock clock) {
        this.rows = rows;
        this.leases = leases;
        this.bells = bells;
        this.instances = instances;
        this.settings = settings;
        this.clock = clock;
        var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        var pace = new Pace(settings.workersPerInstance(), machine::getCpuLoad, System::nanoTime);
        this.lanes = new Lanes(settings.workers(), settings.workersPerInstance(), settings.workersPerHost(), pace, ROOM, SHARE,
                settings.crowd());
    }

    /** Whether what is owed may be handed over at once: then it is {@link #add added} or {@link #refuse refused}, else told. */
    boolean admit(Run run, Instant now) {
        return lanes.admit(run.instanceId(), run.firstId(), Delivery.bytes(run.events()), now, stopping ? Instant.MAX : inTime(now));
    }

    /** What is begun now ends before that. */
    private Instant inTime(Instant now) {
        return now.plus(settings.longestTry());
    }

    boolean owns(long instanceId) {
        return lanes.owns(instanceId, inTime(clock.instant()));
    }

    /** Tells the owners of these lanes, in the transaction at hand, that the database has something that they have not seen. */
    void mark(Collection<Long> instanceIds) {
        leases.mark(instanceIds);
    }

    /** Those of them for which another node has kept something that this one has not seen, as far as it is committed. */
    Set<Long> overtaking(Collection<Long> instanceIds) {
        var marks = leases.marks(instanceIds);
        return instanceIds.stream().filter(id -> marks.getOrDefault(id, 0L) != lanes.mark(id)).collect(Collectors.toSet());
    }

    /** It was admitted, and waits in the database for its turn: then it is {@link #written}. */
    void withhold(Run run) {
        lanes.withhold(run.instanceId(), run.firstId(), Delivery.bytes(run.events()));
    }

    void add(Delivery delivery) {
        lanes.add(delivery, clock.instant());
    }

    /** Nothing more is handed over to it before the database was looked at. */
    void close(long instanceId) {
        lanes.close(instanceId);
    }

    void refuse(Run run) {
        lanes.refuse(run.instanceId(), run.firstId(), Delivery.bytes(run.events()));
    }

    /** What was not admitted is in the database now, or is not. */
    void written(Run run, boolean committed) {
        lanes.written(run.instanceId(), committed, run.recordedAt());
    }

    /** Something changed that lets the lane go on. */
    void expect(long instanceId) {
        lanes.expect(instanceId, clock.instant());
    }

    /** Another node has kept something for these. */
    void rung(List<Long> instanceIds) {
        var now = clock.instant();
        instanceIds.stream().filter(id -> lanes.owns(id, inTime(now))).forEach(id -> lanes.expect(id, now));
    }

    /** What was held back follows, the oldest first. */
    void released(long instanceId) {
        lanes.released(instanceId, clock.instant());
    }

    /** Fills the lanes from the database. */
    synchronized void take() {
        var now = clock.instant();
        var looks = stopping ? List.<Lanes.Look>of() : lanes.open(now, inTime(now));
        if (looks.isEmpty()) {
            return;
        }
        var found = new HashMap<Long, Found>();
        try {
            found.putAll(look(looks, now));
        } finally {
            for (var look : looks) {
                var each = found.get(look.instanceId());
                if (each == null) {
                    lanes.unread(look.instanceId(), now.plus(AFTER_FAILURE));
                } else {
                    lanes.looked(look.instanceId(), each.deliveries(), each.next(), now);
                }
            }
        }
    }

    /** @param next when to look again; null: there is nothing more in the database */
    private record Found(List<Delivery> deliveries, @Nullable Instant next) {

        static final Found NOTHING = new Found(List.of(), null);
    }

    /** At all of them with the same few statements: beside another node each look finds little, and there are many looks. */
    private Map<Long, Found> look(List<Lanes.Look> looks, Instant now) {
        var ids = looks.stream().map(Lanes.Look::instanceId).toList();
        var current = instances.readable(ids);
        var marks = leases.marks(ids); // before what they stand for
        var anothers = leases.anothers(looks.stream().filter(look -> !look.leased()).map(Lanes.Look::instanceId).toList());
        var open = new ArrayList<Lanes.Look>();
        for (var look : looks) {
            var instance = current.get(look.instanceId());
            if (instance == null || !instance.enabled()) {
                lanes.close(look.instanceId());
            } else if (look.leased() || taken(instance, anothers)) {
                lanes.marked(look.instanceId(), marks.getOrDefault(look.instanceId(), 0L));
                open.add(look);
            }
        }
        var found = new HashMap<Long, Found>();
        ids.forEach(id -> found.put(id, Found.NOTHING));
        found.putAll(read(open, current, now));
        return found;
    }

    /** Whether this node sends for it from now on. */
    private boolean taken(Instance instance, Set<Long> anothers) {
        var until = anothers.contains(instance.id()) ? Optional.<Instant>empty() : leases.lease(instance.id());
        if (until.isEmpty()) {
            bells.ring(instance.id()); // its owner finds it; if he dies, lookEverywhere() comes here again
            return false;
        }
        lanes.close(instance.id()); // what was known from before may have been sent by another node, and something newer after it
        int most = lanes.mostParked();
        var parked = instance.delivers() ? rows.parked(instance.id(), most) : Map.<Owed, Instant>of();
        lanes.leased(instance.id(), until.get()); // it is being looked at: nothing is sent before it has all of this
        lanes.park(instance.id(), parked, parked.size() > most, clock.instant());
        return true;
    }

    private Map<Long, Found> read(List<Lanes.Look> looks, Map<Long, Instance> current, Instant now) {
        var crowded = looks.stream().map(Lanes.Look::instanceId).filter(lanes::crowded).collect(Collectors.toSet());
        var heads = looks.stream()
                .map(look -> new Head(look.instanceId(), statuses(current.get(look.instanceId()), crowded),
                        lanes.known(look.instanceId()) + look.most()))
                .toList();
        var due = rows.due(heads, now);
        var fresh = new HashMap<Long, List<Row>>();
        var all = new LinkedHashMap<Row, Instance>();
        for (var look : looks) {
            var instance = current.get(look.instanceId());
            var unknown = due.getOrDefault(instance.id(), List.of()).stream()
                    .filter(row -> !lanes.knows(instance.id(), row.id()))
                    .filter(row -> !crowded.contains(instance.id()) || !row.status().equals("retry")
                            || lanes.hasRefused(instance.id(), row.id()))
                    .limit(look.most()).toList();
            fresh.put(instance.id(), unknown);
            unknown.forEach(row -> all.put(row, instance));
            if (instance.delivers() && look.leased()) {
                look.parked().stream().filter(parked -> unknown.stream().noneMatch(row -> row.id() == parked.id))
                        .forEach(parked -> all.put(Row.retried(parked), instance));
            }
        }
        var deliveries = rows.deliveries(all, now).stream().collect(Collectors.partitioningBy(each -> each.events().isEmpty()));
        if (!deliveries.get(true).isEmpty()) {
            rows.forget(deliveries.get(true).stream().map(Delivery::id).toList());
        }
        var ofEach = deliveries.get(false).stream().collect(Collectors.groupingBy(each -> each.instance().id()));
        return looks.stream().collect(Collectors.toMap(Lanes.Look::instanceId, look -> new Found(
                ofEach.getOrDefault(look.instanceId(), List.of()),
                fresh.get(look.instanceId()).size() < look.most() ? null : now)));
    }

    /** Of a crowded lane nothing new, and no retry that it does not remember: there would be more and more of them. */
    private static List<String> statuses(Instance instance, Set<Long> crowded) {
        return !instance.delivers() ? DeliveryRows.ASKED_FOR
                : crowded.contains(instance.id()) ? DeliveryRows.NOTHING_NEW : DeliveryRows.EVERYTHING;
    }

    /** As many entries as there are hands to start; each of them asks for {@link #next} until there is nothing. */
    List<Integer> hands() {
        return Collections.nCopies(lanes.start(), 1);
    }

    /**
     * The next to send; null: the hand is not needed any more.
     *
     * @param before what this hand has sent before: Camel's HTTP client leaves something to be done at the end of the
     *     exchange with every call, and each step looks through all of it
     */
    @Nullable Delivery next(int before) {
        if (before >= MOST_OF_ONE_HAND) {
            lanes.end();
            return null;
        }
        while (true) {
            var end = EndBefore.in(settings.timeout()); // before the lease is looked at
            var now = clock.instant();
            var delivery = lanes.next(now, stopping ? Instant.MAX : inTime(now));
            if (delivery == null) {
                return null;
            }
            var instance = instances.newest(delivery.instance());
            if (instance.delivers() || instance.enabled() && delivery.again()) {
                return delivery.started(instance, now, end);
            }
            lanes.untried(delivery);
        }
    }

    /** There was no time left for it: this process was not there for a while, and another node may be at it. */
    void unsent(Delivery delivery) {
        lanes.untried(delivery);
        expect(delivery.instance().id());
    }

    /** Those of them that this process may still write down. */
    Set<Long> owned(Collection<Long> instanceIds) {
        return leases.owned(instanceIds);
    }

    /** What came of a try, as soon as it is known. */
    void answered(Outcome outcome) {
        lanes.answered(outcome, clock.instant());
    }

    /** Of these, tries were not written down. */
    void lost(Collection<Long> instanceIds) {
        lanes.lost(instanceIds, clock.instant());
    }

    /** That is on disk. */
    void settled(List<Outcome> outcomes) {
        lanes.settled(outcomes, clock.instant());
    }

    /** Whether something is known to be due in the database that there is room for. */
    boolean more() {
        return !stopping && lanes.more(clock.instant());
    }

    /** Keeps the leases, asks again those receivers that were down, and sees which instances another node has changed. */
    void lookAround() {
        var now = clock.instant();
        var asked = lanes.toRenew(now.plus(settings.lease()).minus(RENEWED_AFTER), now.minus(KEPT_UNUSED));
        if (!asked.isEmpty() && !stopping) {
            var renewed = leases.renew(asked);
            lanes.renewed(asked, renewed.instanceIds(), renewed.until(), now);
        }
        instances.readable(lanes.busy()).values().stream().filter(instance -> !instance.delivers())
                .forEach(instance -> lanes.close(instance.id()));
        lanes.probe(now);
    }

    /** Finds what this node has not been told of: left by another node, enabled again, there since before the start. */
    @PostConstruct
    void lookEverywhere() {
        if (!everywhere.tryLock()) {
            return; // the look before takes longer than it is to the next
        }
        try {
            var now = clock.instant();
            var owed = new TreeSet<Long>();
            var askedFor = new TreeSet<Long>();
            for (var status : DeliveryRows.EVERYTHING) {
                var due = rows.lanes(status);
                due.values().removeIf(time -> time.isAfter(now));
                owed.addAll(due.keySet());
                if (DeliveryRows.ASKED_FOR.contains(status)) {
                    askedFor.addAll(due.keySet());
                }
            }
            owed.removeAll(leases.anothers(owed)); // who looks himself
            var current = instances.readable(owed);
            owed.removeAll(current.keySet());
            rows.forgetOfDeleted(owed);
            current.values().removeIf(instance -> !instance.delivers() && !(instance.enabled() && askedFor.contains(instance.id())));
            strangers(current.keySet(), now).forEach(id -> lanes.expect(id, now));
        } finally {
            everywhere.unlock();
        }
    }

    /** The lanes of which the database has something that is not here; what has just come or gone may look like that once. */
    private Set<Long> strangers(Set<Long> instanceIds, Instant now) {
        var found = new TreeSet<Long>();
        var heads = new ArrayList<Head>();
        for (var id : instanceIds) {
            int known = lanes.known(id);
            if (known == 0) {
                found.add(id);
            } else {
                heads.add(new Head(id, DeliveryRows.EVERYTHING, known + 1));
            }
        }
        for (int from = 0; from < heads.size(); from += AT_A_TIME) {
            rows.due(heads.subList(from, Math.min(from + AT_A_TIME, heads.size())), now).forEach((id, due) -> {
                var unknown = unknown(id, due.stream().map(Row::id).toList());
                if (!unknown.isEmpty() && !unknown(id, rows.present(unknown)).isEmpty()) {
                    found.add(id);
                }
            });
        }
        return found;
    }

    private List<Long> unknown(long instanceId, List<Long> ids) {
        return ids.stream().filter(id -> !lanes.knows(instanceId, id)).toList();
    }

    /** What is being sent is sent, what waits is left to others. */
    @EventListener
    void stop(ContextClosedEvent event) {
        stopping = true;
    }

    /** After the last settlement is written. */
    void leave() {
        try {
            leases.leaveAll();
        } catch (DataAccessException e) {
            log.warn("Other nodes take over what this one was sending when its leases end: {}", e.getMessage());
        }
    }
}
