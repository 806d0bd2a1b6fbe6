// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The {@link WebhookCounts} as {@code webhook.posts} and {@code webhook.changes}; looked at when somebody asks. */
@Component
class WebhookMeters implements MeterBinder {

    private static final Map<String, String> POSTS = Map.of(
            "received", "received", "refused", "refused", "notStored", "not-stored");
    private static final Map<String, String> CHANGES = Map.of(
            "told", "new", "repeated", "repeated", "unknownCompany", "unknown-company", "unknownEntity", "unknown-entity",
            "unreadable", "unreadable");

    private final WebhookCounts counts;

    WebhookMeters(WebhookCounts counts) {
        this.counts = counts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        POSTS.forEach((name, outcome) -> bind(registry, "webhook.posts",
                "Webhooks: all that came, those that were not Intuit's, those that Intuit was asked to send again", name, outcome));
        CHANGES.forEach((name, outcome) -> bind(registry, "webhook.changes", "What webhooks told of", name, outcome));
    }

    private void bind(MeterRegistry registry, String meter, String description, String name, String outcome) {
        FunctionCounter.builder(meter, counts, each -> ((Number) each.view().getOrDefault(name, 0)).doubleValue())
                .description(description).tag("outcome", outcome).register(registry);
    }
}
