// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** {@code workers.active}: how many threads of each kind are at work; their most is a setting. */
@Component
class WorkerMeters implements MeterBinder {

    private final ExecutorService polls;
    private final ExecutorService deliveries;
    private final ExecutorService calls;

    WorkerMeters(@Qualifier("pollWorkers") ExecutorService polls, @Qualifier("deliveryWorkers") ExecutorService deliveries,
            @Qualifier("apiThreads") ExecutorService calls) {
        this.polls = polls;
        this.deliveries = deliveries;
        this.calls = calls;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        active(registry, "poll", polls);
        active(registry, "delivery", deliveries);
        active(registry, "api", calls);
    }

    private static void active(MeterRegistry registry, String kind, ExecutorService threads) {
        if (threads instanceof ThreadPoolExecutor pool) {
            Gauge.builder("workers.active", pool, ThreadPoolExecutor::getActiveCount)
                    .description("Threads at work").tag("kind", kind).register(registry);
        }
    }
}
