// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.util.List;
import java.util.Optional;

/** What has changed of one entity, or why that is not told. */
record CdcGroup(Entity entity, List<? extends Shown> objects, Optional<Problem> problem) {

    CdcGroup(Entity entity, List<? extends Shown> objects) {
        this(entity, objects, Optional.empty());
    }

    static CdcGroup failed(Entity entity, Problem problem) {
        return new CdcGroup(entity, List.of(), Optional.of(problem));
    }

    boolean isEmpty() {
        return objects.isEmpty() && problem.isEmpty();
    }

    int size() {
        return objects.size();
    }
}
