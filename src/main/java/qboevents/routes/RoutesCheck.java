// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;
import qboevents.resource.Resource;

/** Reads routes without starting any of them, and says everything that is wrong at once. */
@Component
class RoutesCheck {

    private final List<Rule> rules;

    RoutesCheck(CamelContext camel, ListableBeanFactory beans) {
        var settings = new Placeholders(camel);
        // Camel comes last: it takes the keys out that it does not know.
        rules = List.of(
                settings,
                new KnownOptions(camel, settings),
                new SimpleTexts(camel, settings),
                new Ticks(settings),
                new Names(),
                new NoTwins(),
                new NoKeyTwice(),
                new Steps(),
                new Doors(settings),
                new Beans(camel, beans),
                new Configurations(),
                new ReadByCamel(camel));
    }

    Findings check(RoutesSource source) {
        var texts = source.texts();
        var folder = Folder.read(texts);
        var problems = Stream.of(nothing(source, texts), source.strangers(), folder.problems(), brokenRules(folder))
                .flatMap(List::stream)
                .distinct().sorted(Comparator.comparing(Problem::place)).toList();
        return new Findings(problems, resources(folder));
    }

    private static List<Problem> nothing(RoutesSource source, List<RouteText> texts) {
        var place = new Place(source.toString(), 0);
        return texts.isEmpty() ? List.of(new Problem(place, "", "has no routes, such as resources.camel.yaml.")) : List.of();
    }

    private List<Problem> brokenRules(Folder folder) {
        return rules.stream().flatMap(rule -> rule.problems(folder)).toList();
    }

    private static List<Resource> resources(Folder folder) {
        return folder.routes().flatMap(block -> block.from().flatMap(Endpoint::in).flatMap(Endpoint::entity)
                .map(entity -> new Resource(block.name(), entity, isList(block))).stream()).toList();
    }

    /** Whoever reads such a resource in another way than by its timer has to ask for inactive records too. */
    private static boolean isList(Block block) {
        return block.entries().stream().flatMap(entry -> Endpoint.in(entry).stream())
                .anyMatch(endpoint -> endpoint.address().equals("direct:poll-list"));
    }
}
