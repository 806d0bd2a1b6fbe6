// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connected company.
 *
 * @param revision grows with every change
 * @param held why nothing is sent to it until an operator releases it; null: its subscription is active
 * @param sandbox whether it lives in Intuit's sandbox
 * @param configuration as it was given, every value as text, without its secrets
 * @param events what the configuration says of events
 */
public record Instance(
        long id,
        long revision,
        String name,
        List<String> tags,
        String realmId,
        boolean enabled,
        @Nullable String held,
        Instant createdAt,
        boolean sandbox,
        Map<String, String> configuration,
        Events events) {

    /** Whether notifications are sent to it; otherwise they are kept. */
    public boolean delivers() {
        return enabled && held == null;
    }

    /** From when on polls and webhooks both tell of its changes, to the second as QuickBooks dates them; null: they never do. */
    public @Nullable Instant bothSince() {
        return events.polls() && events.listens() ? createdAt.truncatedTo(ChronoUnit.SECONDS) : null;
    }

    Instance disabled() {
        return new Instance(id, revision, name, tags, realmId, false, held, createdAt, sandbox, configuration, events);
    }
}
