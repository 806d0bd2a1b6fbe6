// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A key with its value, somewhere in a route.
 *
 * @param under the keys around it, outermost first
 * @param siblings the mapping it stands in
 */
public record Entry(List<String> under, String key, Node value, Place place, MappingNode siblings) {

    /** Every entry below a node, in the order of the file. */
    static Stream<Entry> below(String file, Node node) {
        return below(file, List.of(), node);
    }

    private static Stream<Entry> below(String file, List<String> under, Node node) {
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().flatMap(item -> below(file, under, item));
        }
        return directlyIn(file, under, node).flatMap(entry ->
                Stream.concat(Stream.of(entry), below(file, entry.path(), entry.value)));
    }

    private static Stream<Entry> directlyIn(String file, List<String> under, Node node) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream().map(tuple -> of(file, under, tuple, mapping))
                : Stream.empty();
    }

    private static Entry of(String file, List<String> under, NodeTuple tuple, MappingNode siblings) {
        var key = tuple.getKeyNode();
        var name = key instanceof ScalarNode scalar ? scalar.getValue() : key.getTag().getValue();
        return new Entry(under, name, tuple.getValueNode(), Place.of(file, key), siblings);
    }

    List<Entry> children() {
        return directlyIn(place.file(), path(), value).toList();
    }

    Optional<Entry> child(String name) {
        return children().stream().filter(entry -> entry.key.equals(name)).findFirst();
    }

    public Optional<String> text() {
        return value instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    /** The texts in a list, or the one text. */
    Stream<String> texts() {
        var nodes = value instanceof SequenceNode list ? list.getValue() : List.of(value);
        return nodes.stream().filter(ScalarNode.class::isInstance).map(node -> ((ScalarNode) node).getValue());
    }

    private List<String> path() {
        var path = new ArrayList<>(under);
        path.add(key);
        return List.copyOf(path);
    }
}
