// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** No two routes may have one id, poll one entity, or read one direct name. */
record NoTwins() implements Rule {

    private static final Set<String> ONE_READER = Set.of("direct", "quartz");

    @Override
    public Stream<Problem> problems(Folder folder) {
        return Stream.concat(
                twins(folder, block -> block.id().flatMap(Entry::text), Block::id, (block, first) ->
                        "has the same id as the route at %s.".formatted(place(first, Block::id))),
                twins(folder, NoTwins::source, Block::from, (block, first) -> "reads %s, which %s at %s reads already."
                        .formatted(source(block).orElse(""), first.name(), place(first, Block::from))));
    }

    private static Stream<Problem> twins(Folder folder, Function<Block, Optional<String>> key,
            Function<Block, Optional<Entry>> at, BiFunction<Block, Block, String> sentence) {
        Map<String, Block> firsts = new HashMap<>();
        return folder.routes().flatMap(block -> key.apply(block)
                .map(name -> firsts.merge(name, block, (first, second) -> first))
                .filter(first -> first != block)
                .map(first -> block.problem(place(block, at), sentence.apply(block, first))).stream());
    }

    private static Optional<String> source(Block block) {
        return block.from().flatMap(Endpoint::in)
                .filter(from -> ONE_READER.contains(from.scheme())).map(Endpoint::address);
    }

    private static Place place(Block block, Function<Block, Optional<Entry>> at) {
        return at.apply(block).flatMap(entry -> Endpoint.in(entry).map(Endpoint::place).or(() -> Optional.of(entry.place())))
                .orElse(block.place());
    }
}
