// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.instance.Instance;

/** Stands in until polling is merged. */
@Component
public class PollCursors {

    public void follow(Instance instance) {}

    public void pollNow(long instanceId, @Nullable String resource) {}

    public void forget(long instanceId) {}

    public List<Map<String, Object>> records(long instanceId) {
        return List.of();
    }
}
