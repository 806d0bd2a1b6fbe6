// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import qboevents.resource.Resource;

/**
 * What of all that waits of an instance is read together: as much as one change data capture call can show, or else what that
 * call leaves out. Whatever is due the longest decides which.
 *
 * @param resources of which everything that is due is read now
 * @param rest when what else waits is due first
 */
record Portion(List<Resource> resources, Optional<Instant> rest) {

    /** An answer of change data capture holds 1,000 objects, and shows what others changed meanwhile too. */
    static final int MOST_CAPTURED = 900;

    /**
     * What waits of a resource.
     *
     * @param due how much of it may be read now
     * @param first when the first of it is due
     */
    record Waiting(Resource resource, int due, Instant first) {}

    /** @param captures whether change data capture is used; else each resource is a query of its own, whatever is read with it */
    static Portion of(List<Waiting> all, boolean captures, Instant now) {
        var due = all.stream().filter(each -> !each.first().isAfter(now)).min(Comparator.comparing(Waiting::first));
        var taken = due.map(first -> !captures ? all : first.resource().captured() ? captured(all, first) : leftOut(all)).orElse(List.of());
        return new Portion(
                taken.stream().map(Waiting::resource).toList(),
                all.stream().filter(each -> !taken.contains(each)).map(Waiting::first).min(Comparator.naturalOrder()));
    }

    private static List<Waiting> leftOut(List<Waiting> all) {
        return all.stream().filter(each -> !each.resource().captured()).toList();
    }

    private static List<Waiting> captured(List<Waiting> all, Waiting first) {
        var others = all.stream().filter(each -> each.resource().captured() && !each.equals(first))
                .sorted(Comparator.comparing(Waiting::first));
        int[] room = {MOST_CAPTURED - first.due()};
        return Stream.concat(Stream.of(first), others.filter(each -> {
            boolean fits = each.due() <= room[0];
            room[0] -= fits ? each.due() : 0;
            return fits;
        })).toList();
    }
}
