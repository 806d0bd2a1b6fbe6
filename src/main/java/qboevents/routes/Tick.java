// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.CamelJob;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.jspecify.annotations.Nullable;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.simpl.PropertySettingJobFactory;
import org.quartz.spi.TriggerFiredBundle;

/**
 * A tick of a timer that nobody reads is none. Camel's own makes an endpoint then, and that is how a timer dies: it is in the
 * scheduler before Camel knows its endpoint, and in the first half of a second Quartz fires it at once. The second endpoint takes
 * the place of the first; it stays when the route is removed and its trigger deleted, takes its job for scheduled, and is the one
 * that the route is given when it comes back.
 */
final class Tick extends CamelJob {

    private @Nullable QuartzEndpoint timer;

    @Override
    public void execute(JobExecutionContext fired) throws JobExecutionException {
        timer = timer(getCamelContext(fired), fired.getTrigger().getKey()).orElse(null);
        if (timer != null) {
            super.execute(fired);
        }
    }

    @Override
    protected QuartzEndpoint lookupQuartzEndpoint(CamelContext camel, JobExecutionContext fired) {
        return Objects.requireNonNull(timer, "looked for before");
    }

    /** A route's comes first; what only polls a timer for a step has no route. */
    private static Optional<QuartzEndpoint> timer(CamelContext camel, TriggerKey key) {
        return Stream.concat(camel.getRoutes().stream().map(Route::getEndpoint), camel.getEndpoints().stream())
                .map(Tick::undressed)
                .filter(QuartzEndpoint.class::isInstance).map(QuartzEndpoint.class::cast)
                .filter(endpoint -> key.equals(endpoint.getTriggerKey()))
                .findFirst();
    }

    private static Endpoint undressed(Endpoint endpoint) {
        return endpoint instanceof DelegateEndpoint outer ? outer.getEndpoint() : endpoint;
    }

    /** Quartz' own for all other jobs. Whether a timer ticks again while it is at work is told by the class in its job, not by this one. */
    static final class Factory extends PropertySettingJobFactory {

        @Override
        public Job newJob(TriggerFiredBundle fired, Scheduler scheduler) throws SchedulerException {
            return CamelJob.class.isAssignableFrom(fired.getJobDetail().getJobClass()) ? new Tick() : super.newJob(fired, scheduler);
        }
    }
}
