// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import java.util.Optional;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;

/** A timer's route, entered where Quartz enters it. */
final class Tick {

    private Tick() {}

    /** @return what went wrong */
    static Optional<Exception> of(Route route) {
        var exchange = route.getConsumer().createExchange(false);
        exchange.getMessage().setHeader("triggerName", ((QuartzEndpoint) route.getEndpoint()).getTriggerKey().getName());
        try {
            route.getConsumer().getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        return Optional.ofNullable(exchange.getException());
    }
}
