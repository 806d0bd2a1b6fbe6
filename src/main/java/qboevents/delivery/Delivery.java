// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.List;
import qboevents.instance.Instance;

/**
 * One notification, claimed for one try.
 *
 * @param id the first event id of its run
 * @param attempts before this one
 * @param dueAt as it was read: whoever claims it first changes that
 * @param claim names this try when it is settled
 */
record Delivery(
        long id,
        Instance instance,
        String resource,
        int attempts,
        Instant createdAt,
        Instant dueAt,
        long claim,
        List<StoredEvent> events) {}
