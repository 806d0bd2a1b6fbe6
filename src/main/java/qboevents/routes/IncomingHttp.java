// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Which threads routes run on. A webhook runs on the one that has read it, of which there are few (server.tomcat.threads.max):
 * all it waits for is a commit, and it shares that with the others. Calls of the API may wait for QuickBooks; they have
 * threads of their own, so that webhooks never wait for those.
 */
@Configuration(proxyBeanMethods = false)
class IncomingHttp {

    private static final int CALLS = 64;
    private static final int WAITING_CALLS = 1000;

    @Bean(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME)
    PlatformHttpEngine platformHttpEngine(
            @Value("${server.port}") int port,
            @Value("${events.api.base-path}") String basePath,
            @Qualifier("apiThreads") ExecutorService apiThreads) {
        var inlet = basePath + "/events/";
        Executor chosen = task -> (isFor(inlet) ? (Executor) Runnable::run : apiThreads).execute(task);
        return new SpringBootPlatformHttpEngine(port, chosen);
    }

    private static boolean isFor(String path) {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                && current.getRequest().getRequestURI().startsWith(path);
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
