// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Which threads routes run on. Calls of the API, which may wait for QuickBooks, have threads of their own; a webhook runs on
 * the one that has read it ({@link WebhookFilter}), and all it waits for is a commit, which it shares with others.
 */
@Configuration(proxyBeanMethods = false)
class IncomingHttp {

    static final int CALLS = 64;
    private static final int WAITING_CALLS = 1000;

    @Bean(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME)
    PlatformHttpEngine platformHttpEngine(
            @Value("${server.port}") int port,
            @Qualifier("apiThreads") ExecutorService apiThreads,
            WebhookFilter webhooks) {
        return new SpringBootPlatformHttpEngine(port, apiThreads) {
            @Override
            public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
                return new HttpConsumer(endpoint, processor, apiThreads, webhooks);
            }
        };
    }

    @Bean(destroyMethod = "shutdown", defaultCandidate = false) // Boot keeps its own for HTTP
    ExecutorService apiThreads() {
        var number = new AtomicInteger();
        var threads = new ThreadPoolExecutor(
                CALLS, CALLS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_CALLS), task -> {
                    var thread = new Thread(task, "api-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
