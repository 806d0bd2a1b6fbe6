// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import qboevents.settings.Bounds;

/**
 * How the records are read that webhooks tell of.
 *
 * @param gather how long what was told waits for more, so that a burst costs one query per entity
 * @param workers bursts read at the same time on this node, each of another instance
 * @param lease how long another node waits before it takes over what this one was reading; renewed three times as often
 */
@ConfigurationProperties("events.webhook")
record ReadingSettings(
        @DefaultValue("1s") Duration gather,
        @DefaultValue("32") int workers,
        @DefaultValue("30s") Duration lease) {

    ReadingSettings {
        Bounds.atLeastOne("events.webhook.workers", workers);
    }
}
