// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.Map;

/** An instance with its configuration in clear, for the few who need the secrets. */
public record Stored(Instance instance, Map<String, String> configuration) {

    @Override
    public String toString() {
        return "Stored[" + instance + "]";
    }
}
