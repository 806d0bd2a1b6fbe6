// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.support.PatternHelper;

/** A route configuration that a route asks for must be there. Camel runs the route without it: no retries, no word. */
record Configurations() implements Rule {

    @Override
    public Stream<Problem> problems(Folder folder) {
        var known = folder.blocks().stream().filter(block -> block.kind().equals("routeConfiguration"))
                .flatMap(block -> block.id().flatMap(Entry::text).stream()).toList();
        return folder.routes().flatMap(block -> block.keyed("routeConfigurationId")
                .flatMap(asked -> asked.text().stream().flatMap(ids -> Arrays.stream(ids.split(",")).map(String::trim))
                        .filter(id -> isMissing(id, known) && !folder.mayMention(id))
                        .map(id -> block.problem(asked.place(), "asks for the configuration %s, which does not exist.%s"
                                .formatted(id, DidYouMean.hint(id, known))))));
    }

    private static boolean isMissing(String pattern, List<String> known) {
        return known.stream().noneMatch(id -> PatternHelper.matchPattern(id, pattern));
    }
}
