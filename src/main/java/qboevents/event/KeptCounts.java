// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.util.concurrent.atomic.LongAdder;

/** What the log made of the changes that came one way, since the start. */
final class KeptCounts {

    private final LongAdder kept = new LongAdder();
    private final LongAdder repeated = new LongAdder();

    Kept count(Kept each) {
        kept.add(each.count());
        repeated.add(each.repeated());
        return each;
    }

    long kept() {
        return kept.sum();
    }

    long repeated() {
        return repeated.sum();
    }
}
