// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code event.poller.configuration}: JSON keyed by resource name. {@code url} and {@code idField} of Cloud Elements say
 * what the resource's route says here; a member that would have to change what is polled is refused, not overlooked.
 */
final class PollerConfiguration {

    private static final Set<String> WITHOUT_EFFECT = Set.of("url", "idField");
    private static final Map<String, String> ONLY =
            Map.of("filterByUpdatedDate", "true", "createdCheckTolerance", "10", "pollDelay", "0");

    private PollerConfiguration() {}

    static Collection<String> names(Given given) {
        var text = given.text(ConfigurationKeys.RESOURCES);
        if (text.isEmpty()) {
            return List.of();
        }
        var entries = Json.object(text.get());
        if (entries.isEmpty()) {
            given.fault(ConfigurationKeys.RESOURCES, "must be a JSON object keyed by resource name");
            return List.of();
        }
        entries.get().forEach((name, entry) -> check(name, entry, given));
        return entries.get().keySet();
    }

    private static void check(String name, Object entry, Given given) {
        if (!(entry instanceof Map<?, ?> members)) {
            given.fault(ConfigurationKeys.RESOURCES, "must hold a JSON object under " + name);
            return;
        }
        members.forEach((member, value) -> {
            if (!WITHOUT_EFFECT.contains(member) && !String.valueOf(value).equals(ONLY.get(member))) {
                given.fault(ConfigurationKeys.RESOURCES, "has %s.%s, which is not supported yet%s".formatted(name, member,
                        ONLY.containsKey(member) ? " with a value other than " + ONLY.get(member) : ""));
            }
        });
    }
}
