// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jmx.export.MBeanExporter;
import org.springframework.jmx.export.annotation.AnnotationJmxAttributeSource;
import org.springframework.jmx.export.assembler.MetadataMBeanInfoAssembler;
import org.springframework.jmx.support.RegistrationPolicy;

/** Shows this one bean and no other: Spring Boot's own export is off ({@code spring.jmx.enabled}). */
@Configuration(proxyBeanMethods = false)
class ManagementBeans {

    @Bean
    static MBeanExporter mBeanExporter(ServiceMBean service) {
        var exporter = new MBeanExporter();
        exporter.setBeans(Map.of("qboevents:type=Service", service));
        exporter.setAssembler(new MetadataMBeanInfoAssembler(new AnnotationJmxAttributeSource()));
        exporter.setAutodetect(false);
        exporter.setRegistrationPolicy(RegistrationPolicy.REPLACE_EXISTING); // several in one JVM, in tests: the newest is shown
        return exporter;
    }
}
