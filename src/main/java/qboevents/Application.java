// SPDX-License-Identifier: Apache-2.0
package qboevents;

import java.time.Clock;
import java.util.Arrays;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.cache.CacheMetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.observation.web.client.HttpClientObservationsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.scheduling.ScheduledTasksObservabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.cache.CacheAutoConfiguration;
import org.springframework.boot.autoconfigure.dao.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.autoconfigure.http.client.HttpClientAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.autoconfigure.session.SessionAutoConfiguration;
import org.springframework.boot.autoconfigure.sql.init.SqlInitializationAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.autoconfigure.web.client.RestClientAutoConfiguration;
import org.springframework.boot.autoconfigure.web.client.RestTemplateAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.encryption.Reencryption;

/**
 * What is excluded of security would guard every path, the API's too, and wants users of its own; the console guards its own paths.
 * Camel's health would say DOWN of a route that somebody has stopped; routes.live.RoutesHealth says it as it is meant.
 * Of OpenTelemetry, what Boot makes where it finds its classes, wanted or not: see routes.TraceExport. The others make what nobody
 * here uses, at each start.
 */
@SpringBootApplication(exclude = {SecurityFilterAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class,
        SessionAutoConfiguration.class, OpenTelemetryAutoConfiguration.class, OpenTelemetryLoggingAutoConfiguration.class,
        OtlpLoggingAutoConfiguration.class, HttpClientAutoConfiguration.class, RestClientAutoConfiguration.class,
        RestTemplateAutoConfiguration.class, HttpClientObservationsAutoConfiguration.class, TaskSchedulingAutoConfiguration.class,
        ScheduledTasksObservabilityAutoConfiguration.class, CacheAutoConfiguration.class, CacheMetricsAutoConfiguration.class,
        AopAutoConfiguration.class, PersistenceExceptionTranslationAutoConfiguration.class, SqlInitializationAutoConfiguration.class,
        TransactionAutoConfiguration.class},
        excludeName = {"org.apache.camel.spring.boot.actuate.health.CamelHealthCheckAutoConfiguration",
                "org.apache.camel.spring.boot.actuate.health.CamelAvailabilityCheckAutoConfiguration"})
@ConfigurationPropertiesScan
public class Application {

    public static void main(String[] args) {
        System.setProperty("sun.java.command", Application.class.getName()); // JMX shows it, with secrets among the arguments
        if (args.length > 0 && args[0].equals(Reencryption.COMMAND)) {
            System.exit(Reencryption.run(Arrays.copyOfRange(args, 1, args.length)));
        }
        SpringApplication.run(Application.class, args);
    }

    /**
     * All definitions are there: who asks for a bean by its type is answered from memory. By itself Spring begins with that when
     * half of the beans are made, those that the web server needs.
     */
    @Bean
    static BeanFactoryPostProcessor definitionsAreComplete() {
        return ConfigurableListableBeanFactory::freezeConfiguration;
    }

    /** Instead of Spring's annotation, in search of which it would read every method of every bean, its base classes' and interfaces' too. */
    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
        return new TransactionTemplate(transactions);
    }

    /** Every decision about time asks this clock, so that a test can move it. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
