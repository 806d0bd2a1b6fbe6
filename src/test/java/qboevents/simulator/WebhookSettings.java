// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.util.Optional;

/** What is set for all POSTs to come; read anew for each. */
final class WebhookSettings {

    volatile Optional<WebhookEndpoint> endpoint = Optional.empty();
    volatile WebhookForm form = WebhookForm.CLOUD_EVENTS;
    volatile Optional<String> contentType = Optional.empty();
    volatile int largestPost = 100;
    volatile Duration window = Duration.ofMillis(50);
    volatile Duration patience = Duration.ofSeconds(3);
    volatile double compression = 1000;
}
