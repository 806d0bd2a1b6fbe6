// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Where {@code http.server.requests} is measured: behind the filter that takes webhooks, which have counts of their own and
 * come by the thousand. Spring Boot would measure before it.
 */
@Configuration(proxyBeanMethods = false)
class ApiObservation {

    private static final int BEHIND_WEBHOOKS = Ordered.HIGHEST_PRECEDENCE + 3;

    @Bean
    FilterRegistrationBean<ServerHttpObservationFilter> webMvcObservationFilter(ObservationRegistry registry) {
        var filter = new FilterRegistrationBean<>(new ServerHttpObservationFilter(registry));
        filter.setOrder(BEHIND_WEBHOOKS);
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        return filter;
    }
}
