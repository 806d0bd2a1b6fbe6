// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** What {@code doCatch} and {@code onException} wait for must be a class that is here: Camel would say its name and no more. */
record Exceptions(CamelContext camel) implements Rule {

    @Override
    public Stream<Problem> problems(Folder folder) {
        return folder.blocks().stream().flatMap(block -> block.keyed("exception").flatMap(entry -> entry.texts()
                .filter(name -> camel.getClassResolver().resolveClass(name) == null)
                .map(name -> block.problem(entry.place(), "waits for %s, which is no class here.".formatted(name)))));
    }
}
