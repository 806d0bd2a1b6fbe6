// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.ArrayList;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.apache.camel.dsl.yaml.common.YamlDeserializerSupport;
import org.apache.camel.dsl.yaml.common.exception.DuplicateKeyException;
import org.apache.camel.dsl.yaml.common.exception.UnknownNodeIdException;
import org.apache.camel.dsl.yaml.common.exception.UnsupportedFieldException;
import org.apache.camel.dsl.yaml.deserializers.BeansDeserializer;
import org.apache.camel.dsl.yaml.deserializers.CustomResolver;
import org.apache.camel.dsl.yaml.deserializers.ModelDeserializersResolver;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Every block must be one that Camel's own YAML reader takes. The reader builds the model of a block here and no more:
 * nothing is added to the context, no bean is made.
 */
public record ReadByCamel(CamelContext camel) implements Rule {

    @Override
    public Stream<Problem> problems(Folder folder) {
        return folder.blocks().stream().flatMap(this::refusals);
    }

    /** The reader stops at the first key it does not know. That key is taken out, and the reader asked again. */
    private Stream<Problem> refusals(Block block) {
        var problems = new ArrayList<Problem>();
        try {
            read(camel, block);
        } catch (UnsupportedFieldException e) {
            var unknown = unknown(block, e);
            problems.add(block.problem(unknown.place(), unknownKey(block, unknown.key())));
            unknown.siblings().getValue().removeIf(tuple -> tuple.getValueNode() == unknown.value());
            refusals(block).forEach(problems::add);
        } catch (MarkedYamlEngineException e) {
            problems.add(block.problem(place(block, e), reason(block, e)));
        } catch (RuntimeException e) {
            problems.add(block.problem(block.place(), "is not complete: Camel cannot read it (" + e + ")."));
        }
        return problems.stream();
    }

    public static Object read(CamelContext camel, Block block) {
        var file = block.place().file();
        var context = new YamlDeserializationContext(LoadSettings.builder().setLabel(file).build());
        context.setCamelContext(camel);
        context.setResource(ResourceHelper.fromString(file, ""));
        context.addResolvers(new CustomResolver(new BeansDeserializer()), new ModelDeserializersResolver());
        YamlDeserializerSupport.setDeserializationContext(block.node(), context);
        return context.mandatoryResolve(block.node()).construct(block.node());
    }

    /** The mark of this exception is where the value begins or all that the key stands in, but never the key itself. */
    private static Entry unknown(Block block, UnsupportedFieldException e) {
        return block.keyed(lastWord(e))
                .filter(entry -> begins(entry.value(), e) || begins(entry.siblings(), e))
                .findFirst().orElseThrow(() -> e);
    }

    private static boolean begins(Node node, UnsupportedFieldException e) {
        return node.getStartMark().map(Mark::getIndex).equals(e.getProblemMark().map(Mark::getIndex));
    }

    private static Place place(Block block, MarkedYamlEngineException e) {
        return e.getProblemMark().map(mark -> new Place(block.place().file(), Place.line(mark))).orElse(block.place());
    }

    private static String unknownKey(Block block, String key) {
        if (key.equals("steps") && block.isRoute() && block.keyed("from").findAny().isEmpty()) {
            return "has no from: what it reads is missing, and its steps stand below that.";
        }
        return KnownKeys.all().contains(key)
                ? "has %s in the wrong place. Look at the indentation.".formatted(key)
                : "has the key %s, which Camel does not know.%s".formatted(key, DidYouMean.hint(key, KnownKeys.all()));
    }

    private static String reason(Block block, MarkedYamlEngineException e) {
        if (e instanceof DuplicateKeyException) {
            return "begins with more than one key. Look at the indentation.";
        }
        return e instanceof UnknownNodeIdException
                ? unknownKey(block, lastWord(e)) : "is refused by Camel: " + e.getProblem() + ".";
    }

    private static String lastWord(MarkedYamlEngineException e) {
        return e.getProblem().substring(e.getProblem().lastIndexOf(' ') + 1);
    }
}
