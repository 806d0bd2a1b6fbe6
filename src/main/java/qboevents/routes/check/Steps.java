// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Every route must do something with what it reads. */
record Steps() implements Rule {

    @Override
    public Stream<Problem> problems(Folder folder) {
        return folder.routes().flatMap(block -> block.from().filter(Steps::missing)
                .map(from -> block.problem(from.place(), "has no steps below its from.")).stream());
    }

    private static boolean missing(Entry from) {
        return from.child("steps").map(Entry::value)
                .filter(steps -> !(steps instanceof SequenceNode list) || !list.getValue().isEmpty()).isEmpty();
    }
}
