// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import org.jspecify.annotations.Nullable;

/** Which trace the poll or webhook belongs to that this thread is at. There is one only while traces are told to somebody. */
public interface Origin {

    /** In W3C's words; null: to none. */
    @Nullable String traceparent();
}
