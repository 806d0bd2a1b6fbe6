// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** Gauges of what all nodes share: every node tells the same, so a board takes their maximum and not their sum. */
@Component
class StandingMeters implements MeterBinder {

    private final Standing standing;

    StandingMeters(Standing standing) {
        this.standing = standing;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var state : List.of("due", "retry", "held", "dead")) {
            Gauge.builder("delivery.owed", standing, each -> owed(each, state))
                    .description("Notifications that are owed, counted to 10,000 of each state and instance")
                    .tag("state", state).register(registry);
            TimeGauge.builder("delivery.oldest.age", standing, TimeUnit.SECONDS, each -> age(each, state))
                    .description("How long ago the events of the oldest of them were recorded")
                    .tag("state", state).register(registry);
        }
        connected(registry, "instance.connected", "Instances that there are", Connected::instances);
        connected(registry, "instance.reconnect", "Instances whose users have to authorize again", Connected::reconnect);
        connected(registry, "polling.paused", "Resources paused after too many failures in a row", Connected::paused);
        connected(registry, "polling.failing", "Resources whose last poll failed", Connected::failing);
        TimeGauge.builder("polling.oldest.age", standing, TimeUnit.SECONDS, StandingMeters::late)
                .description("How long the poll is overdue that is waited for longest").register(registry);
        Gauge.builder("delivery.lanes", standing, StandingMeters::lanes)
                .description("Instances to which this node alone sends; none where it is alone with its database").register(registry);
    }

    private void connected(MeterRegistry registry, String name, String description, ToDoubleFunction<Connected> figure) {
        Gauge.builder(name, standing, each -> {
            var connected = each.connected();
            return connected == null ? Double.NaN : figure.applyAsDouble(connected);
        }).description(description).register(registry);
    }

    private static double owed(Standing standing, String state) {
        var backlog = standing.backlog();
        return backlog == null ? Double.NaN : backlog.get(state).count();
    }

    private static double age(Standing standing, String state) {
        var backlog = standing.backlog();
        return backlog == null ? Double.NaN : standing.age(backlog.get(state).oldest()).toSeconds();
    }

    private static double late(Standing standing) {
        var connected = standing.connected();
        return connected == null ? Double.NaN : standing.age(connected.oldestDue()).toSeconds();
    }

    private static double lanes(Standing standing) {
        var lanes = standing.lanes();
        return lanes == null ? Double.NaN : lanes;
    }
}
