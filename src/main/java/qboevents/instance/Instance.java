// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One connected company.
 *
 * @param revision grows with every change
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
        Instant createdAt,
        boolean sandbox,
        Map<String, String> configuration,
        Events events) {

    Instance disabled() {
        return new Instance(id, revision, name, tags, realmId, false, createdAt, sandbox, configuration, events);
    }
}
