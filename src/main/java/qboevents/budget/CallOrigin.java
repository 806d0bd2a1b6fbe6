// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.time.ZoneId;
import qboevents.instance.Instance;

/** For whom and why QuickBooks is called. What routes hold in the variable {@code claim} is one. */
public interface CallOrigin {

    Instance instance();

    Reason reason();

    default long instanceId() {
        return instance().id();
    }

    default String realmId() {
        return instance().realmId();
    }

    default boolean sandbox() {
        return instance().sandbox();
    }

    default ZoneId zone() {
        return instance().events().zone();
    }
}
