// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Routes run on the thread that has read the request. By default they would be passed to a pool of eight threads with an
 * endless queue in front, and back: eight requests that wait (for a commit, for Intuit) would hold up all others.
 */
@Configuration(proxyBeanMethods = false)
class IncomingHttp {

    @Bean(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME)
    PlatformHttpEngine platformHttpEngine(@Value("${server.port}") int port) {
        return new SpringBootPlatformHttpEngine(port, Runnable::run);
    }
}
