// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Threads for polls and for deliveries. Claims take no more than the settings allow at a time, so nothing waits in a queue
 * while its lease runs; idle threads end.
 */
@Configuration(proxyBeanMethods = false)
class Workers {

    @Bean(destroyMethod = "shutdown", defaultCandidate = false) // Boot keeps its own for HTTP
    ExecutorService pollWorkers() {
        return pool("poll");
    }

    @Bean(destroyMethod = "shutdown", defaultCandidate = false) // Boot keeps its own for HTTP
    ExecutorService deliveryWorkers() {
        return pool("delivery");
    }

    /** As many threads as there is work, reused while there is more: how much there may be is for the claims to say. */
    private static ExecutorService pool(String name) {
        var number = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
