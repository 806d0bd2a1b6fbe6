// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.util.List;

/** Where the notifications go that are owed for what the log keeps. */
public interface Outbox {

    /** Called in the transaction that keeps the events: both are on disk, or neither. */
    Written put(List<Run> runs);

    /** Told how that transaction ended. */
    interface Written {

        void committed();

        void rolledBack();
    }
}
