// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Which objects are missing from an answer that has reached the cap. Nothing in the answer says that any are. */
public enum Cut {
    /** Those that changed last, so that a reader could go on from the last one it was shown. */
    NEWEST(Comparator.comparing(Candidate::updated)),

    /** Those that changed first. */
    OLDEST(Comparator.comparing(Candidate::updated).reversed()),

    /** What was asked for last: entities at the end of the list look unchanged. */
    BY_ENTITY((left, right) -> 0),

    /**
     * Entities with few changes look unchanged, the largest group looks whole; in the group between, deletions are
     * missing first and then any objects. So neither counting a group nor its times tells what is complete.
     */
    HARDEST(Comparator.comparing(Candidate::groupSize).reversed()
            .thenComparing(Candidate::entity)
            .thenComparing(Candidate::isDeleted)
            .thenComparing(Candidate::scatter));

    private record Candidate(CdcGroup group, Shown object) {

        Instant updated() {
            return object.updated();
        }

        int groupSize() {
            return group.size();
        }

        String entity() {
            return group.entity().name();
        }

        boolean isDeleted() {
            return object instanceof Stub;
        }

        int scatter() {
            return (object.id().hashCode() + entity().hashCode()) * 0x9E3779B9;
        }
    }

    private final Comparator<Candidate> firstKept;

    Cut(Comparator<Candidate> firstKept) {
        this.firstKept = firstKept;
    }

    List<CdcGroup> limit(List<CdcGroup> groups, int cap) {
        if (groups.stream().mapToInt(CdcGroup::size).sum() <= cap) {
            return groups;
        }
        var kept = groups.stream()
                .flatMap(group -> group.objects().stream().map(object -> new Candidate(group, object)))
                .sorted(firstKept)
                .limit(cap)
                .map(Candidate::object)
                .collect(Collectors.toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
        return groups.stream()
                .map(group -> new CdcGroup(group.entity(), group.objects().stream().filter(kept::contains).toList()))
                .toList();
    }
}
