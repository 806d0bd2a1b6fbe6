// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import qboevents.event.Change;
import qboevents.event.Operation;

/**
 * What a webhook says of one object. It names no state: the record is not in it, nor its SyncToken.
 *
 * @param realmId the company
 * @param entity QuickBooks' name, in any case
 * @param time of the change; null where none could be read
 * @param element Intuit's own JSON for it, the bytes as they came
 */
record Notice(
        String realmId, String entity, String objectId, Operation operation, @Nullable Instant time, byte[] element) {

    /** As it is told when the record is not read. */
    Change asChange() {
        return new Change(objectId, null, null, time, operation, element);
    }
}
