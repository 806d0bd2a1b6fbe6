// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connections that camel-http uses. Retries are the routes' business: the client repeats nothing by itself. */
@Configuration(proxyBeanMethods = false)
class OutgoingHttp {

    /** For calls to Intuit. */
    @Bean
    HttpClientConfigurer quickbooksHttp(QuickbooksHttpSettings settings) {
        var request = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(settings.connectTimeout()))
                .setResponseTimeout(Timeout.of(settings.responseTimeout()))
                .build();
        return client -> client
                .setConnectionManager(connections(settings))
                .setConnectionManagerShared(false)
                .setDefaultRequestConfig(request)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement();
    }

    private static HttpClientConnectionManager connections(QuickbooksHttpSettings settings) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(settings.connections())
                .setMaxConnTotal(settings.connections() * 2)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.of(settings.responseTimeout()))
                        .build())
                .build();
    }
}
