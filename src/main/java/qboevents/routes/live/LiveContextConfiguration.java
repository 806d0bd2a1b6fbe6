// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import org.apache.camel.ContextEvents;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.spi.StartupConditionStrategy;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.CamelConfigurationProperties;
import org.apache.camel.spring.boot.CamelSpringBootApplicationController;
import org.apache.camel.spring.spi.CamelBeanPostProcessor;
import org.apache.camel.support.ResetableClock;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the context as Camel's auto-configuration does, which leaves it alone then. */
@Configuration(proxyBeanMethods = false)
class LiveContextConfiguration {

    @Bean
    static WithoutAnnotationsOfCamel withoutAnnotationsOfCamel() { // by this type Spring sees that it comes first
        return new WithoutAnnotationsOfCamel();
    }

    @Bean(destroyMethod = "") // it is a lifecycle bean, and ends as one
    LiveContext camelContext(ApplicationContext spring, CamelConfigurationProperties settings, CamelBeanPostProcessor springBeans,
            StartupConditionStrategy startup) throws Exception {
        var beans = new CamelBeanPostProcessor();
        beans.setApplicationContext(spring);
        var clock = new ResetableClock();
        var controller = new CamelSpringBootApplicationController(spring);
        var camel = new LiveContext(spring, settings.getMain().isWarnOnEarlyShutdown(), controller);
        camel.getClock().add(ContextEvents.BOOT, clock);
        controller.setCamelContext(camel);
        springBeans.setCamelContext(camel);
        beans.setCamelContext(camel);
        camel.getCamelContextExtension().addContextPlugin(CamelBeanPostProcessor.class, beans);
        camel.getCamelContextExtension().addContextPlugin(StartupConditionStrategy.class, startup);
        camel.getCamelContextExtension().setManagementMBeanAssembler(new MBeansWhenAsked(camel));
        CamelAutoConfiguration.doConfigureCamelContext(spring, camel, settings, controller);
        camel.getCamelContextExtension().addContextPlugin(ModelToXMLDumper.class, new RoutesAsXml());
        return camel;
    }
}
