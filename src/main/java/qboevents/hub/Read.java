// SPDX-License-Identifier: Apache-2.0
package qboevents.hub;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import qboevents.budget.CallOrigin;
import qboevents.budget.Reason;
import qboevents.instance.Instance;
import qboevents.resource.Resource;

/**
 * A call to QuickBooks that somebody waits for.
 *
 * @param updated operators and what they compare the last update with; all of them hold
 * @param position 1-based, within what they select
 * @param size of the page
 * @param first whether nothing stands before this page
 * @param ids of the records that are meant; none: a page of all
 */
record Read(
        Instance instance,
        Resource resource,
        List<Map.Entry<String, Instant>> updated,
        int position,
        int size,
        boolean first,
        List<String> ids) implements CallOrigin {

    /** Open Connectors removes members that are null, unless an instance wants them. */
    private static final String NULLS = "filter.response.nulls";

    // Routes read these as ${variable.claim.entity}.

    @Override
    public Reason reason() {
        return Reason.HUB;
    }

    String entity() {
        return resource.entity();
    }

    boolean inactive() {
        return resource.hidesInactive();
    }

    int pageSize() {
        return size;
    }

    boolean withoutNulls() {
        return !"false".equalsIgnoreCase(instance.configuration().get(NULLS));
    }

    /** One more call went out. */
    Read asked() {
        return this;
    }
}
