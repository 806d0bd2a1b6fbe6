// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import qboevents.settings.Bounds;

/**
 * How notifications are sent.
 *
 * @param retry a preset ({@code standard}, {@code cloud-elements}, {@code open-connectors}) or a list of delays after the
 *     first try: {@code 5s,30s,2m}
 * @param timeout for one POST, connect and answer together
 * @param workers POSTs at the same time on this node
 * @param workersPerInstance POSTs of one instance at the same time on this node
 */
@ConfigurationProperties("events.delivery")
public record DeliverySettings(
        @DefaultValue("standard") String retry,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("64") int workers,
        @DefaultValue("8") int workersPerInstance) {

    public DeliverySettings {
        Bounds.atLeastOne("events.delivery.workers", workers);
        Bounds.atLeastOne("events.delivery.workers-per-instance", workersPerInstance);
    }


    /** Until another node sends what this one had claimed: one try, and time to write down what came of it. */
    Duration lease() {
        return timeout.plusSeconds(15);
    }
}
