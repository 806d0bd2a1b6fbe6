// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import org.jspecify.annotations.Nullable;

/** What an operator can have done without the API: the same steps, and the same refusals as {@code ApiException}. */
public interface OperatorCalls {

    /** @param resource null: all that the instance polls */
    void poll(long instanceId, @Nullable String resource);

    /** Sends what is queued, the oldest first, and reactivates the subscription. */
    void release(long instanceId);

    void redeliver(long instanceId, String eventId);
}
