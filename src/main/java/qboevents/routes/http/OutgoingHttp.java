// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import qboevents.delivery.DeliverySettings;
import qboevents.http.CallbackAddresses;
import qboevents.polling.PollingSettings;
import qboevents.quickbooks.QuickBooksSettings;

/**
 * The two clients that camel-http calls out with. What it does by itself is off: re-sending on 429 and 503 (the service
 * owns its retries), redirects (what is signed is for one address), cookies (companies must not share any).
 */
@Configuration(proxyBeanMethods = false)
class OutgoingHttp {

    /** An idle connection that the other side may have closed is tried before it is used. */
    private static final TimeValue STALE_AFTER = TimeValue.ofSeconds(2);

    private static final TimeValue LONGEST_USE = TimeValue.ofMinutes(10);

    /** Without them, the client reads lines and headers until memory is full: a receiver may be anybody. */
    private static final Http1Config LIMITS = Http1Config.custom().setMaxLineLength(16 * 1024).setMaxHeaderCount(200).build();

    @Bean
    HttpClientConfigurer quickbooksHttp(QuickBooksSettings settings, PollingSettings polling) {
        // A connection for whoever may ask at once: callers who read records must not keep polls waiting.
        int connections = polling.workers() + IncomingHttp.CALLS + 16;
        return client(
                settings.connectTimeout(), settings.timeout(), connections, connections,
                SystemDefaultDnsResolver.INSTANCE, new UnreadAnswers());
    }

    @Bean
    HttpClientConfigurer callbackHttp(
            DeliverySettings settings, CallbackAddresses addresses, @Qualifier("deliveryTimer") ScheduledExecutorService timer) {
        return client(
                settings.timeout(), settings.timeout(), settings.workersPerHost(), settings.workers() * 4,
                new CheckedAddresses(addresses), new AnswersInTime(settings.timeout(), timer));
    }

    @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
    ScheduledExecutorService deliveryTimer() {
        var timer = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "delivery-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true); // nearly every exchange ends long before its time
        return timer;
    }

    private static HttpClientConfigurer client(
            Duration connect, Duration answer, int perRoute, int total, DnsResolver dns, ExecChainHandler end) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(LIMITS).build())
                .setMaxConnPerRoute(perRoute)
                .setMaxConnTotal(total)
                .setDnsResolver(dns)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(Timeout.of(answer))
                        .setTcpNoDelay(true)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connect))
                        .setSocketTimeout(Timeout.of(answer))
                        .setValidateAfterInactivity(STALE_AFTER)
                        .setTimeToLive(LONGEST_USE)
                        .build())
                .build();
        var requests = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(connect))
                .setResponseTimeout(Timeout.of(answer))
                .setRedirectsEnabled(false)
                .build();
        return builder -> builder.setConnectionManager(connections)
                .setConnectionManagerShared(true) // by every endpoint that names this client
                .setDefaultRequestConfig(requests)
                .addExecInterceptorFirst("end", end)
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "in time", new SentInTime())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("quickbooks-events");
    }

    /** The address that was checked is the one that is connected to, so that a name cannot change its meaning in between. */
    private record CheckedAddresses(CallbackAddresses allowed) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            var addresses = SystemDefaultDnsResolver.INSTANCE.resolve(host);
            for (var address : addresses) {
                if (!allowed.allowed(address)) {
                    throw new UnknownHostException(host + " is a private address, which"
                            + " events.delivery.allow-private-addresses does not allow");
                }
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
        }
    }
}
