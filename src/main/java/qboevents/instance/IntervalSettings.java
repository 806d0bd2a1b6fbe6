// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import qboevents.settings.Bounds;

/** @param minimumInterval floor for {@code event.poller.refresh_interval} */
@ConfigurationProperties("events.polling")
record IntervalSettings(@DefaultValue("1m") Duration minimumInterval) {

    IntervalSettings {
        Bounds.notNegative("events.polling.minimum-interval", minimumInterval);
    }
}
