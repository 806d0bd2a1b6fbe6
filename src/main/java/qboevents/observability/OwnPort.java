// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** With {@code management.server.port} the actuator has a web server of its own, and the same guard. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class OwnPort {

    @Bean
    FilterRegistrationBean<ActuatorFilter> actuatorGuard(ActuatorFilter filter) {
        var guard = new FilterRegistrationBean<>(filter);
        guard.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return guard;
    }
}
