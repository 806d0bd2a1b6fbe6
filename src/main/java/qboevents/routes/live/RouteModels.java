// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.ResourceHelper;
import qboevents.routes.check.Block;
import qboevents.routes.check.Folder;
import qboevents.routes.check.ReadByCamel;

/** What Camel's YAML reader makes of blocks: models, of which routes can be built. */
record RouteModels(CamelContext camel, Folder folder) {

    /** By id, in the order of the files; without those whose precondition does not hold. */
    Map<String, RouteDefinition> routes(Set<String> ids) {
        var models = new LinkedHashMap<String, RouteDefinition>();
        folder.routes().filter(block -> ids.contains(Difference.id(block))).forEach(block -> {
            var model = (RouteDefinition) ReadByCamel.read(camel, block);
            if (holds(model.getPrecondition())) {
                models.put(Difference.id(block), prepared(model, block));
            }
        });
        return models;
    }

    private boolean holds(String precondition) {
        if (precondition == null || precondition.isBlank()) {
            return true;
        }
        var predicate = camel.resolveLanguage("simple").createPredicate(camel.resolvePropertyPlaceholders(precondition));
        predicate.initPredicate(camel);
        return predicate.matches(new DefaultExchange(camel));
    }

    private RouteDefinition prepared(RouteDefinition model, Block block) {
        var routes = new RoutesDefinition();
        routes.setCamelContext(camel);
        routes.setResource(ResourceHelper.fromString(block.place().file(), ""));
        routes.route(model);
        routes.prepareRoute(model);
        return model;
    }

    /** Those of before, with these in place of what is called like them. */
    List<RouteConfigurationDefinition> configurations(List<RouteConfigurationDefinition> before, Set<String> changed) {
        var all = new ArrayList<>(before.stream().filter(each -> !changed.contains(each.getId() == null ? "" : each.getId())).toList());
        Stream<Block> blocks = folder.blocks().stream()
                .filter(block -> block.kind().equals("routeConfiguration") && changed.contains(Difference.id(block)));
        blocks.forEach(block -> all.add((RouteConfigurationDefinition) ReadByCamel.read(camel, block)));
        return all;
    }
}
