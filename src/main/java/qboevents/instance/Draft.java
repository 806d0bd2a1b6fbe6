// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request makes of an instance, checked as a whole.
 *
 * @param configuration in clear, secrets among it
 * @param code to be exchanged for tokens
 * @param grant the same with OAuth 1.0; with neither, the tokens stay
 */
public record Draft(
        String name,
        List<String> tags,
        String realmId,
        Map<String, String> configuration,
        Optional<String> code,
        Optional<OAuth1Grant> grant) {

    public String setting(String key) {
        return configuration.getOrDefault(key, "");
    }

    /** For a route's condition. */
    boolean authenticates() {
        return code.isPresent() || grant.isPresent();
    }

    @Override
    public String toString() {
        return "Draft[name=" + name + ", realmId=" + realmId + "]";
    }
}
