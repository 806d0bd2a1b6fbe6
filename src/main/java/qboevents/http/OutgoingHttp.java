// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connections that camel-http uses. Retries are the routes' business: the client repeats nothing by itself. */
@Configuration(proxyBeanMethods = false)
class OutgoingHttp {

    private static final int CONNECTION_SECONDS = 10;
    private static final int ANSWER_SECONDS = 30;

    /** For calls to Intuit. Its time to answer has to stay well below the time after which a refresh counts as abandoned. */
    @Bean
    HttpClientConfigurer quickbooksHttp() {
        return client -> client
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECTION_SECONDS, TimeUnit.SECONDS)
                        .setResponseTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                        .build());
    }
}
