// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The routes have faults, so nothing may run. Carries what the operator needs to read, and no stack. */
public final class RoutesRefused extends RuntimeException {

    private final String description;
    private final String action;

    private RoutesRefused(String message, String description, String action) {
        super(message, null, false, false);
        this.description = description;
        this.action = action;
    }

    public static RoutesRefused problems(List<Problem> problems) {
        var count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return new RoutesRefused("The routes folder has " + count + ".",
                "The routes folder has %s:%n%s".formatted(count, table(problems)),
                "Correct the lines above and start again. Nothing was polled or delivered.");
    }

    static RoutesRefused noFolder(Path path) {
        return new RoutesRefused("There is no routes folder " + path + ".",
                "events.routes.folder names %s, which is not a folder.".formatted(path),
                "Name a folder of *.camel.yaml files, or remove the setting: then ./routes is read, or the copies in the jar.");
    }

    public String description() {
        return description;
    }

    String action() {
        return action;
    }

    private static String table(List<Problem> problems) {
        var places = width(problems.stream().map(problem -> problem.place().toString()).toList());
        var routes = width(problems.stream().map(Problem::route).toList());
        var line = "  %-" + places + "s  %-" + routes + "s  %s";
        return problems.stream()
                .map(problem -> line.formatted(problem.place().toString(), problem.route(), problem.sentence()))
                .collect(Collectors.joining("\n"));
    }

    private static int width(List<String> column) {
        return Math.max(1, column.stream().mapToInt(String::length).max().orElse(1));
    }
}
