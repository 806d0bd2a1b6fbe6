// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import java.time.LocalDate;
import java.util.Comparator;

/** What is counted together: a row of the table. */
record Counted(LocalDate day, Company company, CallKind kind, Reason reason) implements Comparable<Counted> {

    /** Nodes that add to the same rows take them in the same order, so that none waits for the other crosswise. */
    private static final Comparator<Counted> ORDER = Comparator.comparing(Counted::day)
            .thenComparing(Counted::company)
            .thenComparing(Counted::kind)
            .thenComparing(Counted::reason);

    @Override
    public int compareTo(Counted other) {
        return ORDER.compare(this, other);
    }
}
