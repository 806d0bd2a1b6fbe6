// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** {@code event.changes} by who told them and whether the log had them, and how many commits it took. */
@Component
class EventMeters implements MeterBinder {

    private final Events events;

    EventMeters(Events events) {
        this.events = events;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        changes(registry, "poll", events.polled());
        changes(registry, "webhook", events.told());
        FunctionCounter.builder("event.commits", events, Events::commits)
                .description("Commits in which callers were written together").register(registry);
        FunctionCounter.builder("event.commits.callers", events, Events::callers)
                .description("Callers in them: more than one each is what keeps the database quick").register(registry);
    }

    private static void changes(MeterRegistry registry, String source, KeptCounts counts) {
        counter(registry, source, "kept", counts, KeptCounts::kept);
        counter(registry, source, "repeated", counts, KeptCounts::repeated);
    }

    private static void counter(MeterRegistry registry, String source, String outcome, KeptCounts counts,
            ToDoubleFunction<KeptCounts> count) {
        FunctionCounter.builder("event.changes", counts, count)
                .description("Changes handed to the log: new ones, and those that it had")
                .tags("source", source, "outcome", outcome).register(registry);
    }
}
