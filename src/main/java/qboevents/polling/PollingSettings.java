// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import qboevents.settings.Bounds;

/**
 * How companies are polled.
 *
 * @param overlap how far behind a cursor each poll looks again: QuickBooks shows a change some time after it has dated it
 * @param disableAfter consecutive failures of one resource that pause that resource, never the whole instance
 * @param workers polls at the same time on this node
 * @param workersPerInstance polls of one instance at the same time, on all nodes
 * @param lease how long another node waits before it takes over what this one was reading; renewed three times as often
 */
@ConfigurationProperties("events.polling")
public record PollingSettings(
        @DefaultValue("5m") Duration overlap,
        @DefaultValue("100") int disableAfter,
        @DefaultValue("64") int workers,
        @DefaultValue("8") int workersPerInstance,
        @DefaultValue("25s") Duration lease) {

    public PollingSettings {
        Bounds.notNegative("events.polling.overlap", overlap);
        Bounds.longerThanNothing("events.polling.lease", lease);
        Bounds.atLeastOne("events.polling.disable-after", disableAfter);
        Bounds.atLeastOne("events.polling.workers", workers);
        Bounds.atLeastOne("events.polling.workers-per-instance", workersPerInstance);
    }
}
