// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import jakarta.annotation.PostConstruct;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import qboevents.database.Database;
import qboevents.instance.Instance;
import qboevents.instance.Instances;
import qboevents.instance.Node;

/**
 * Who reads what now: all that is due of an instance, by one worker of one node at a time. A claim is a lease on rows, renewed
 * until it is let go, and given up by whoever died with it.
 */
@Component
class Bursts {

    private static final Logger log = LoggerFactory.getLogger(Bursts.class);

    private static final int MOST_ROWS = 1000;

    /** How long an instance is left alone after something went wrong. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final UnreadRows rows;
    private final LateNotices late;
    private final Instances instances;
    private final ReadingSettings settings;
    private final Database database;
    private final Node node;
    private final Clock clock;
    private final BurstTimes times;
    private final Set<Burst> held = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Bursts(
            UnreadRows rows,
            LateNotices late,
            Instances instances,
            ReadingSettings settings,
            Database database,
            Node node,
            Clock clock) {
        this.rows = rows;
        this.late = late;
        this.instances = instances;
        this.settings = settings;
        this.database = database;
        this.node = node;
        this.clock = clock;
        this.times = new BurstTimes(settings.workers());
    }

    /** Something of this instance is due then. */
    void expect(long instanceId, Instant due) {
        times.expect(instanceId, due);
    }

    /** Nothing of this instance is read before, whatever is due. */
    void pause(long instanceId, Instant until) {
        times.pause(instanceId, until);
    }

    /** As many entries as there are hands to start; each of them asks for {@link #next} until there is nothing. */
    List<Integer> hands() {
        return Collections.nCopies(stopping ? 0 : times.due(clock.instant()), 1);
    }

    /** What to read next; null: nothing is due. It must be {@link #letGo let go}. */
    @Nullable Burst next() {
        while (!stopping) {
            var now = clock.instant();
            var instance = times.next(now);
            if (instance.isEmpty()) {
                return null;
            }
            var burst = claim(instance.get(), now);
            if (burst.isPresent()) {
                return burst.get();
            }
            times.ended(instance.get());
        }
        return null;
    }

    private Optional<Burst> claim(long instanceId, Instant now) {
        try {
            // One that is disabled is found again when it is not any more.
            return Optional.ofNullable(instances.current(List.of(instanceId)).get(instanceId))
                    .filter(Instance::enabled)
                    .flatMap(instance -> claim(instance, now));
        } catch (RuntimeException e) { // whatever it is: an instance that is not ended would never be read again
            log.warn("instance {}: what webhooks told of cannot be looked up: {}", instanceId, e.getMessage());
            times.pause(instanceId, now.plus(PAUSE));
            return Optional.empty();
        }
    }

    private Optional<Burst> claim(Instance instance, Instant now) {
        var number = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        var waiting = rows.waiting(instance.id(), now, now.plus(settings.gather()));
        var portion = Portion.of(waiting, !instance.events().strategy().equals("query"), now);
        var claimed = portion.resources().isEmpty() ? List.<UnreadRow>of() : claim(instance, portion, number, now);
        if (claimed.size() == MOST_ROWS) {
            times.expect(instance.id(), now);
        }
        portion.rest().filter(time -> time.isAfter(now) || !claimed.isEmpty()).ifPresent(time -> times.expect(instance.id(), time));
        var deleted = rows.outdated(claimed, true, Duration.ZERO);
        forget(instance, number, claimed.stream().filter(row -> deleted.contains(row.id())).toList());
        var unread = claimed.stream().filter(row -> !deleted.contains(row.id())).toList();
        if (unread.isEmpty()) {
            return Optional.empty();
        }
        var burst = new Burst(instance, number, now, unread);
        held.add(burst);
        return Optional.of(burst);
    }

    /** All that has come so far goes with the first of it. */
    private List<UnreadRow> claim(Instance instance, Portion portion, long number, Instant now) {
        var soon = now.plus(settings.gather(portion.resources().get(0)));
        return rows.claim(
                instance, portion.resources(), number, node.name(), now, soon, now.plus(settings.lease()), MOST_ROWS);
    }

    /** Webhooks told of these, whoever the log has heard it from. */
    private void forget(Instance instance, long number, List<UnreadRow> over) {
        if (instance.events().polls()) {
            late.credit(over);
        }
        rows.forget(number, over);
    }

    void letGo(Burst burst) {
        held.remove(burst);
        times.ended(burst.instanceId());
    }

    /** Keeps what this node holds from being taken over. */
    void renew() {
        var now = List.copyOf(held);
        if (!now.isEmpty()) {
            rows.renew(now, node.name(), clock.instant().plus(settings.lease()));
        }
    }

    /** Finds what this node has not been told of: left by another node, enabled again, there since before the start. */
    void lookEverywhere() {
        rows.heads().forEach(times::expect);
    }

    /** What a process of the same name was reading when it died is due at once; all of it where no other process can be. */
    @PostConstruct
    void freeOwn() {
        rows.release(database.ownedByThisProcess(), node.name(), clock.instant());
        lookEverywhere();
    }

    /** What is being read is read, the rest is left to others. */
    @EventListener
    void stop(ContextClosedEvent event) {
        stopping = true;
    }
}
