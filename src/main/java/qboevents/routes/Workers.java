// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import qboevents.delivery.DeliverySettings;
import qboevents.polling.PollingSettings;

/**
 * Threads for polls and for deliveries. Claims never ask for more than are free, so nothing waits in a queue while its
 * lease runs; idle threads end.
 */
@Configuration(proxyBeanMethods = false)
class Workers {

    @Bean(destroyMethod = "shutdown", defaultCandidate = false) // Boot keeps its own for HTTP
    ExecutorService pollWorkers(PollingSettings settings) {
        return pool("poll", settings.workers());
    }

    @Bean(destroyMethod = "shutdown", defaultCandidate = false) // Boot keeps its own for HTTP
    ExecutorService deliveryWorkers(DeliverySettings settings) {
        return pool("delivery", settings.workers());
    }

    private static ExecutorService pool(String name, int size) {
        var number = new AtomicInteger();
        var pool = new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
