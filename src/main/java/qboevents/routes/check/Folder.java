// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * All files of routes, taken apart.
 *
 * @param unreadable the text of the files that are no YAML: what they mention may well be there once they are mended
 */
public record Folder(List<Block> blocks, List<String> unreadable, List<Problem> problems) {

    public static Folder read(Collection<RouteText> texts) {
        var folder = new Folder(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        texts.forEach(folder::add);
        return folder;
    }

    public Stream<Block> routes() {
        return blocks.stream().filter(Block::isRoute);
    }

    boolean mayMention(String name) {
        var whole = Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])");
        return unreadable.stream().anyMatch(text -> whole.matcher(text).find());
    }

    private void add(RouteText file) {
        try {
            var settings = LoadSettings.builder().setLabel(file.name()).build();
            new Compose(settings).composeString(file.text()).ifPresentOrElse(
                    root -> add(file, root), () -> refuse(file, 0, "is empty. Remove it, or write a route into it."));
        } catch (YamlEngineException e) {
            unreadable.add(file.text());
            refuse(file, line(e), reason(e));
        }
    }

    private void add(RouteText file, Node root) {
        if (root instanceof SequenceNode list) {
            list.getValue().forEach(item -> blocks.add(Block.of(file.name(), item)));
        } else {
            unreadable.add(file.text());
            var line = Place.of(file.name(), root).line();
            refuse(file, line, "is not a list: every block begins with \"- \", as in \"- route:\".");
        }
    }

    private void refuse(RouteText file, int line, String sentence) {
        problems.add(new Problem(new Place(file.name(), line), "", sentence));
    }

    private static int line(YamlEngineException e) {
        return mark(e).map(Place::line).orElse(0);
    }

    private static Optional<Mark> mark(YamlEngineException e) {
        return e instanceof MarkedYamlEngineException marked ? marked.getProblemMark() : Optional.empty();
    }

    private static String reason(YamlEngineException e) {
        var problem = e instanceof MarkedYamlEngineException marked ? marked.getProblem() : e.getMessage();
        if (problem.contains("(TAB)")) {
            return "has a tab. YAML is indented with spaces.";
        }
        return "cannot be read (" + problem + "). Look at the indentation and the quotes, here and just above.";
    }
}
