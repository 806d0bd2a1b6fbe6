// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import qboevents.settings.Bounds;

/**
 * How notifications are sent.
 *
 * @param to the endpoint of Camel that notifications are handed to
 * @param retry a preset ({@code standard}, {@code cloud-elements}, {@code open-connectors}) or a list of delays after the
 *     first try: {@code 5s,30s,2m}
 * @param timeout for one POST, connect and answer together
 * @param workers POSTs at the same time on this node
 * @param workersPerInstance POSTs of one instance at the same time on this node
 * @param workersPerHost POSTs to one host and port at the same time on this node
 * @param retriesInMemory notifications that wait for a retry which this node remembers, half of them of one instance; beyond that
 *     nothing new is tried; 0: as many as a quarter of the heap holds
 */
@ConfigurationProperties("events.delivery")
public record DeliverySettings(
        @DefaultValue("direct:post") String to,
        @DefaultValue("standard") String retry,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("64") int workers,
        @DefaultValue("8") int workersPerInstance,
        @DefaultValue("32") int workersPerHost,
        @DefaultValue("0") int retriesInMemory) {

    public DeliverySettings {
        RetrySchedule.of(retry);
        Bounds.longerThanNothing("events.delivery.timeout", timeout);
        Bounds.atLeastOne("events.delivery.workers", workers);
        Bounds.atLeastOne("events.delivery.workers-per-instance", workersPerInstance);
        Bounds.atLeastOne("events.delivery.workers-per-host", workersPerHost);
        Bounds.between("events.delivery.retries-in-memory", retriesInMemory, 0, Integer.MAX_VALUE);
    }

    /** How much the clocks of two nodes may differ before both might send what one instance is owed. */
    private static final Duration CLOCKS = Duration.ofSeconds(2);

    /** Bytes that one takes up, about. */
    private static final int RETRY = 600;

    private static final long FEW_RETRIES = 20_000;

    Crowd crowd() {
        long most = Math.max(FEW_RETRIES, Runtime.getRuntime().maxMemory() / 4 / RETRY);
        int bound = retriesInMemory > 0 ? retriesInMemory : (int) Math.min(Integer.MAX_VALUE, most);
        return new Crowd(Math.max(1, bound / 2), bound);
    }

    /** Until another node sends what this one had: one try, and time to renew the lease before it is too late for the next. */
    Duration lease() {
        return timeout.plusSeconds(10);
    }

    /** What is begun so long before a lease ends is over by then, on every node's clock. */
    Duration longestTry() {
        return timeout.plus(CLOCKS);
    }
}
