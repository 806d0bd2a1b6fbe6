// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.Collection;
import java.util.Map;

/** How instances are connected to their companies, for whoever shows them. */
public interface ConnectionStates {

    /** By instance; one that has no tokens is left out. */
    Map<Long, Connection> of(Collection<Long> instanceIds);
}
