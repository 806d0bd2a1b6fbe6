// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** One item of a file: a route, or anything else that Camel's YAML knows at that level. */
public record Block(Place place, Node node, List<Entry> entries) {

    static Block of(String file, Node node) {
        return new Block(Place.of(file, node), node, Entry.below(file, node).toList());
    }

    /** {@code route}, {@code from}, {@code routeConfiguration}, {@code beans}, … */
    public String kind() {
        return entries.isEmpty() ? "" : entries.get(0).key();
    }

    public boolean isRoute() {
        return kind().equals("route") || kind().equals("from");
    }

    /** Camel makes a name up for a bare {@code from}, whatever id is written there. */
    public Optional<Entry> id() {
        return head().filter(head -> !head.key().equals("from")).flatMap(head -> head.child("id"));
    }

    /** Where its messages come from; a template's routes come from somewhere too. */
    Optional<Entry> from() {
        return head().flatMap(head -> switch (head.key()) {
            case "from" -> Optional.of(head);
            case "routeTemplate" -> head.child("from").or(() -> head.child("route").flatMap(route -> route.child("from")));
            default -> head.child("from");
        });
    }

    Optional<Entry> precondition() {
        return head().flatMap(head -> head.child("precondition"));
    }

    /** What a reader calls it. */
    public String name() {
        return id().flatMap(Entry::text).orElse(kind());
    }

    public Problem problem(Place at, String sentence) {
        return new Problem(at, name(), sentence);
    }

    public Stream<Entry> keyed(String key) {
        return entries.stream().filter(entry -> entry.key().equals(key));
    }

    private Optional<Entry> head() {
        return entries.stream().findFirst();
    }
}
