// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import qboevents.event.ReadFailure;

/** Whom each call asks before it goes out. */
public interface Permits {

    /** @throws ReadFailure when there is none: nothing failed, and the wait says when to ask again */
    Permit enter(CallOrigin origin, CallKind kind);
}
