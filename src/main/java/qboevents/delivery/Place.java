// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A lane among the others: whose it is, and what is known of the part of it that is in the database. Guarded by {@link Lanes}. */
final class Place {

    final Lane lane;
    Instant leasedUntil = Instant.MIN;
    Instant usedAt = Instant.MIN;
    @Nullable Instant look;
    boolean looking;
    boolean again; // to be looked at once more
    boolean unread; // the last look failed: whether there is something older is not known
    final List<Outcome> settled = new ArrayList<>(); // while it was looked at: what was read may name them still
    boolean near; // the last look found all that was there
    final Map<Long, Delivery> deferred = new LinkedHashMap<>(); // handed over, and behind what is looked for
    boolean inTurn; // or waiting for its receiver's host
    Hosts.@Nullable Host waitsFor; // or has just waited for
    long bytes; // that wait here
    boolean shed; // its receiver has gone down
    // To be handed over, in the order of commits; true: found in the database before.
    final Map<Long, Boolean> admitted = new LinkedHashMap<>();
    boolean crowded; // too many wait for their retry: what is new is left in the database
    int part; // that was read of those, while more of them are in the database only
    int counted; // of them here
    int unseen; // written to the database, not committed yet
    long mark; // of other nodes, at the last look
    int ending; // last tries that failed, until that is on disk

    Place(Lane lane) {
        this.lane = lane;
    }

    boolean behind(Instant now) {
        return looking || unread || unseen > 0 || ending > 0 || look != null && !look.isAfter(now);
    }

    boolean idle() {
        return lane.isEmpty() && deferred.isEmpty() && look == null && !looking && admitted.isEmpty() && unseen == 0 && ending == 0
                && lane.underWay() == 0;
    }
}
