// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import qboevents.budget.Budget;
import qboevents.instance.Instance;
import qboevents.resource.Resource;
import qboevents.resource.Resources;

/** How often each resource is polled: as often as somebody asked for, and no oftener than it is worth a metered call. */
@Component
class Paces {

    private static final double GOLDEN_RATIO = 0.6180339887498949;
    private static final Duration DAY = Duration.ofDays(1);

    /** Below the usual floor somebody is trying things out: then nothing is stretched. */
    private static final Duration TRIAL = Duration.ofMinutes(1);

    private static final int QUIET_FOR_EACH = 12; // intervals of quiet before one is left out
    private static final int LONGEST = 8; // intervals

    private final Resources resources;
    private final Budget budget;
    private final Clock clock;

    Paces(Resources resources, Budget budget, Clock clock) {
        this.resources = resources;
        this.budget = budget;
        this.clock = clock;
    }

    /** @param quietSince when something new was seen last, in all that is read together with it */
    Pace of(Instance instance, String resource, Instant quietSince) {
        var wanted = wanted(instance, resource, quietSince);
        var stretch = wanted.interval().compareTo(TRIAL) < 0 ? 1 : budget.stretch(instance.realmId(), instance.sandbox());
        return stretch <= 1 ? wanted : new Pace(
                Duration.ofMillis((long) (wanted.interval().toMillis() * stretch)),
                "stretched so that the month's calls last (quickbooks.budget): " + wanted.because());
    }

    private Pace wanted(Instance instance, String resource, Instant quietSince) {
        var events = instance.events();
        var own = events.poller(resource).refreshInterval();
        if (own != null) {
            return new Pace(own, "refreshInterval of " + resource + " in event.poller.configuration");
        }
        var interval = events.refreshInterval();
        if (interval.compareTo(TRIAL) >= 0) {
            if (interval.compareTo(DAY) < 0 && events.strategy().equals("auto")) {
                var kind = resources.named(resource);
                if (kind.filter(Resource::seldom).isPresent()) {
                    return new Pace(DAY, "changes seldom, and each query is metered; a refreshInterval of its own overrides it");
                }
                if (events.listens() && kind.filter(each -> !each.captured()).isPresent()) {
                    return new Pace(DAY, "webhooks tell of it, and each query is metered; a refreshInterval of its own overrides it");
                }
            }
            if (events.adaptive()) {
                return adapted(interval, Duration.between(quietSince, clock.instant()));
            }
        }
        return new Pace(interval, "event.poller.refresh_interval");
    }

    private static Pace adapted(Duration interval, Duration quiet) {
        long times = Math.max(1, Math.min(LONGEST, quiet.dividedBy(interval.multipliedBy(QUIET_FOR_EACH))));
        return new Pace(interval.multipliedBy(times), times == 1
                ? "event.poller.refresh_interval"
                : "event.poller.adaptive: nothing new for " + quiet.toHours() + " hours");
    }

    /**
     * The next time of a company's own grid, on which all meet that are read together; companies are spread over the interval
     * against each other.
     *
     * @param time the same for all that were read together
     */
    Instant next(Instance instance, Duration interval, Instant time) {
        long now = time.toEpochMilli();
        long usual = instance.events().refreshInterval().toMillis();
        if (interval.toMillis() > usual && interval.toMillis() % usual != 0) {
            return time.plus(interval); // a grid that moves with each stretch would be met too early
        }
        long phase = (long) (instance.events().refreshInterval().toMillis() * share(instance));
        long millis = Math.max(1, interval.toMillis());
        return Instant.ofEpochMilli(now - Math.floorMod(now - phase, millis) + millis);
    }

    static double share(Instance instance) {
        return instance.id() * GOLDEN_RATIO % 1.0;
    }

    /** Whether it is read together with the company's other resources. */
    boolean together(Instance instance, String resource) {
        return !instance.events().strategy().equals("query")
                && resources.named(resource).filter(Resource::captured).isPresent();
    }
}
