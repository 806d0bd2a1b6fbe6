// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import qboevents.resource.Resource;
import qboevents.settings.Bounds;

/**
 * How the records are read that webhooks tell of.
 *
 * @param gather how long what was told waits for more, so that a burst costs one call; what change data capture leaves out waits five times as long
 * @param workers bursts read at the same time on this node, each of another instance
 * @param lease how long another node waits before it takes over what this one was reading; renewed three times as often
 */
@ConfigurationProperties("events.webhook")
record ReadingSettings(
        @DefaultValue("1s") Duration gather,
        @DefaultValue("32") int workers,
        @DefaultValue("25s") Duration lease) {

    /** Intuit sends what one program writes one by one; each of these sets costs a call, whatever else is read. */
    private static final int LONGER = 5;

    ReadingSettings {
        Bounds.notNegative("events.webhook.gather", gather);
        Bounds.atLeastOne("events.webhook.workers", workers);
        Bounds.longerThanNothing("events.webhook.lease", lease);
    }

    /** What cannot be read in one call with others is gathered longer, so that more of its own kind share its call. */
    Duration gather(Resource resource) {
        return resource.captured() ? gather : gather.multipliedBy(LONGER);
    }
}
