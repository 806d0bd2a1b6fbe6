// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;
import qboevents.resource.Resource;

/** Reads routes without starting any of them, and says everything that is wrong at once. */
@Component
public class RoutesCheck {

    private static final Logger log = LoggerFactory.getLogger(RoutesCheck.class);

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
                new Doors(settings, new Preconditions(camel, settings)),
                new Beans(camel, beans),
                new Exceptions(camel),
                new Configurations(),
                new ReadByCamel(camel));
    }

    public Findings check(RoutesRead read) {
        var folder = Folder.read(read.texts());
        var problems = Stream.of(nothing(read), read.strangers(), folder.problems(), brokenRules(read, folder))
                .flatMap(List::stream)
                .distinct().sorted(Comparator.comparing(Problem::place)).toList();
        return new Findings(problems, resources(folder), folder);
    }

    private static List<Problem> nothing(RoutesRead read) {
        var place = new Place(read.place(), 0);
        return read.texts().isEmpty()
                ? List.of(new Problem(place, "", "has no routes, such as resources.camel.yaml.")) : List.of();
    }

    private List<Problem> brokenRules(RoutesRead read, Folder folder) {
        return rules.stream().flatMap(rule -> problems(rule, read, folder).stream()).toList();
    }

    /** Whoever has edited has to be told, also of what nobody has thought of. */
    private static List<Problem> problems(Rule rule, RoutesRead read, Folder folder) {
        try {
            return rule.problems(folder).toList();
        } catch (RuntimeException e) {
            log.warn("The routes cannot be checked", e);
            return List.of(new Problem(new Place(read.place(), 0), "",
                    "cannot be checked for %s: %s. Take back what was edited last.".formatted(rule.getClass().getSimpleName(), e)));
        }
    }

    private static List<Resource> resources(Folder folder) {
        return folder.routes().flatMap(block -> block.from().flatMap(Endpoint::in).flatMap(Endpoint::entity)
                .map(entity -> resource(block, entity)).stream()).toList();
    }

    /** What can be done with a resource stands in the step that reads it. A route that reads by itself is asked to do it all. */
    private static Resource resource(Block block, String entity) {
        var doors = block.entries().stream().flatMap(entry -> Endpoint.in(entry).stream()).map(Endpoint::address).toList();
        boolean list = doors.contains(PollDoors.LIST) || doors.contains(PollDoors.LIST_DAILY);
        boolean captured = doors.contains(PollDoors.CHANGES) || doors.contains(PollDoors.LIST);
        return new Resource(block.name(), entity, list, captured, doors.contains(PollDoors.LIST_DAILY));
    }
}
