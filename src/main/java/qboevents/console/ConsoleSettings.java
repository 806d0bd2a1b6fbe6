// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import qboevents.settings.Bounds;

/**
 * @param url where browsers reach the service, to be sent back to by Intuit; empty: where the browser says that it is
 * @param session how long somebody who does nothing stays logged in
 */
@ConfigurationProperties("events.console")
record ConsoleSettings(@DefaultValue("") String url, @DefaultValue("8h") Duration session) {

    ConsoleSettings {
        if (!url.isBlank()) {
            Bounds.webAddress("events.console.url", url.strip());
        }
        Bounds.longerThanNothing("events.console.session", session);
    }

    boolean secure() {
        return url.startsWith("https:");
    }
}
