// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.Comparator;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Where to look: {@code routes/resources.camel.yaml:173}. */
public record Place(String file, int line) implements Comparable<Place> {

    static Place of(String file, Node node) {
        return new Place(file, node.getStartMark().map(Place::line).orElse(1));
    }

    static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    @Override
    public int compareTo(Place other) {
        return Comparator.comparing(Place::file).thenComparing(Place::line).compare(this, other);
    }

    /** A file as a whole has no line. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
