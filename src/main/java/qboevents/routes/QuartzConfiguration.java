// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import java.util.Map;
import java.util.UUID;
import org.apache.camel.component.quartz.QuartzComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** camel-quartz has no starter at this version, so its component is made here. */
@Configuration(proxyBeanMethods = false)
class QuartzConfiguration {

    /** Every timer of the shipped folder ticks in the same second, and a tick only claims and hands over. */
    private static final int THREADS = 24;

    /** Timers are kept in memory: what is due is decided by the cursors in the database, on whichever node ticks first. */
    @Bean
    QuartzComponent quartz() {
        var quartz = new QuartzComponent();
        quartz.setProperties(Map.of(
                "org.quartz.scheduler.instanceName", "ticks-" + UUID.randomUUID(), // Quartz shares what has one name in a JVM
                "org.quartz.scheduler.skipUpdateCheck", "true",
                "org.quartz.scheduler.makeSchedulerThreadDaemon", "true",
                "org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore",
                "org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool",
                "org.quartz.threadPool.makeThreadsDaemons", "true",
                "org.quartz.threadPool.threadCount", String.valueOf(THREADS)));
        quartz.addScheduleInitTask(scheduler -> scheduler.setJobFactory(new Tick.Factory()));
        return quartz;
    }
}
