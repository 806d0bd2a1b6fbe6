// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** Of two equal keys Camel takes the last and says nothing: a forgotten dash would silently lose a route. */
record NoKeyTwice() implements Rule {

    @Override
    public Stream<Problem> problems(Folder folder) {
        return folder.blocks().stream().flatMap(NoKeyTwice::repeated);
    }

    private static Stream<Problem> repeated(Block block) {
        var seen = new HashSet<>();
        return block.entries().stream()
                .filter(entry -> !seen.add(List.of(entry.siblings(), entry.key())))
                .map(entry -> block.problem(entry.place(),
                        "has %s twice in one place. Is a dash missing?".formatted(entry.key())));
    }
}
