// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import org.jspecify.annotations.Nullable;

/** One call that may be made. It ends once: {@link #answered} or {@link #unused}; what comes after does nothing. */
public interface Permit {

    /**
     * The call went out, and is counted.
     *
     * @param status of the answer, null when none came; what is not 2xx Intuit does not meter
     */
    void answered(@Nullable Integer status);

    /** The call was not made after all. */
    void unused();
}
