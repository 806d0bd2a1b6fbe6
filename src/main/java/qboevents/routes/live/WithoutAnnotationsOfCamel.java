// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import org.apache.camel.spring.spi.CamelBeanPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Camel would look for its annotations at every field and every method of every bean of Spring's, and none here has one. Which bean
 * wants the Camel context is still handed it. Beans that routes make in YAML are looked through by one of their own.
 */
final class WithoutAnnotationsOfCamel implements BeanPostProcessor, PriorityOrdered {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof CamelBeanPostProcessor camel) {
            camel.setEnabled(false);
        }
        return bean;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE; // before Camel's is made
    }
}
