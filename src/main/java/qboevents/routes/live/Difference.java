// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.support.PatternHelper;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import qboevents.routes.check.Block;
import qboevents.routes.check.Entry;
import qboevents.routes.check.Folder;
import qboevents.routes.check.Place;
import qboevents.routes.check.Problem;

/**
 * What is to be exchanged so that one folder becomes another. A route whose block says the same as before, in whichever file
 * and however it is indented, stays as it is, unless a configuration that it uses says something else now.
 *
 * @param added ids
 * @param changed ids
 * @param removed ids
 * @param configurations ids of route configurations that are there no longer, or say something else; "" is one without an id
 * @param problems what cannot be exchanged while it runs
 */
record Difference(Set<String> added, Set<String> changed, Set<String> removed, Set<String> configurations, List<Problem> problems) {

    /** What holds for all routes of its file. */
    private static final Set<String> FILE_WIDE =
            Set.of("onException", "onCompletion", "errorHandler", "intercept", "interceptFrom", "interceptSendToEndpoint");

    private static final String AT_START = " is taken over at a start only.";

    static Difference between(Folder before, Folder now) {
        var old = routes(before);
        var routes = routes(now);
        var configurations = changed(configurations(before), configurations(now));
        var changed = routes.keySet().stream().filter(old::containsKey)
                .filter(id -> !text(old.get(id).node()).equals(text(routes.get(id).node())) || uses(routes.get(id), configurations))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var added = without(routes.keySet(), old.keySet());
        var problems = Stream.concat(others(before, now), Stream.concat(added.stream(), changed.stream())
                .flatMap(id -> inItsFile(routes.get(id), now))).distinct().toList();
        return new Difference(added, changed, without(old.keySet(), routes.keySet()), configurations, problems);
    }

    boolean nothing() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty() && configurations.isEmpty();
    }

    /** Every route that is to be built. */
    Set<String> built() {
        return Stream.concat(changed.stream(), added.stream()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Every route that is to be taken off. */
    Set<String> off() {
        return Stream.concat(changed.stream(), removed.stream()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public String toString() {
        return Stream.of(named("added", added), named("changed", changed), named("removed", removed))
                .flatMap(Optional::stream).collect(Collectors.joining("; "));
    }

    private static Optional<String> named(String what, Set<String> ids) {
        return ids.isEmpty() ? Optional.empty() : Optional.of(what + " " + String.join(", ", new TreeSet<>(ids)));
    }

    /** By id. What has none cannot be told from another of its kind. */
    private static Map<String, Block> routes(Folder folder) {
        var byId = new LinkedHashMap<String, Block>();
        folder.blocks().stream().filter(Difference::isExchanged).filter(Block::isRoute)
                .forEach(block -> byId.put(block.name(), block));
        return byId;
    }

    private static Map<String, String> configurations(Folder folder) {
        var byId = new LinkedHashMap<String, String>();
        folder.blocks().stream().filter(block -> isExchanged(block) && !block.isRoute())
                .forEach(block -> byId.merge(id(block), text(block.node()), String::concat));
        return byId;
    }

    private static boolean isExchanged(Block block) {
        return block.kind().equals("routeConfiguration") || block.isRoute() && block.id().flatMap(Entry::text).isPresent();
    }

    static String id(Block block) {
        return block.id().flatMap(Entry::text).orElse("");
    }

    private static Set<String> changed(Map<String, String> before, Map<String, String> now) {
        return Stream.concat(before.keySet().stream(), now.keySet().stream())
                .filter(id -> !Optional.ofNullable(before.get(id)).equals(Optional.ofNullable(now.get(id))))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** As Camel finds them: a route that names none uses those without a name. */
    private static boolean uses(Block route, Set<String> configurations) {
        var asked = route.keyed("routeConfigurationId").flatMap(entry -> entry.text().stream())
                .flatMap(ids -> Arrays.stream(ids.split(","))).map(String::trim).toList();
        Predicate<String> used = asked.isEmpty()
                ? id -> id.isEmpty() || id.equals("*")
                : id -> asked.stream().anyMatch(pattern -> PatternHelper.matchPattern(id, pattern));
        return configurations.stream().anyMatch(used);
    }

    private static Stream<Problem> others(Folder before, Folder now) {
        var old = others(before);
        var others = others(now);
        return Stream.concat(
                missing(others, old).map(block -> block.problem(block.place(), "has changed, and " + what(block) + AT_START)),
                missing(old, others).map(block -> block.problem(new Place(block.place().file(), 0),
                        "was changed or removed, and " + what(block) + AT_START)));
    }

    private static String what(Block block) {
        return block.isRoute() ? "a route without an id" : block.kind();
    }

    private static Stream<Problem> inItsFile(Block route, Folder folder) {
        return folder.blocks().stream()
                .filter(block -> FILE_WIDE.contains(block.kind()) && block.place().file().equals(route.place().file()))
                .map(block -> route.problem(route.place(), "stands in one file with " + block.kind()
                        + " for all routes of it, and so" + AT_START));
    }

    private static List<Block> others(Folder folder) {
        return folder.blocks().stream().filter(block -> !isExchanged(block)).toList();
    }

    private static Stream<Block> missing(List<Block> blocks, List<Block> in) {
        var there = new ArrayList<>(in.stream().map(block -> text(block.node())).toList());
        return blocks.stream().filter(block -> !there.remove(text(block.node())));
    }

    private static Set<String> without(Collection<String> ids, Collection<String> those) {
        return ids.stream().filter(id -> !those.contains(id)).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What a block says, without how it is written: comments, indentation and quotes. */
    private static String text(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream().map(tuple -> text(tuple.getKeyNode()) + ":" + text(tuple.getValueNode()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(Difference::text).collect(Collectors.joining(",", "[", "]"));
        }
        return node instanceof ScalarNode scalar ? scalar.getValue().length() + "'" + scalar.getValue() : node.toString();
    }
}
