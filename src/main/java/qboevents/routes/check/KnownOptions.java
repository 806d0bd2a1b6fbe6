// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EndpointUriFactory;

/** Every endpoint must be of a component that is there, and take the options it is given. */
record KnownOptions(CamelContext camel, Placeholders settings) implements Rule {

    @Override
    public Stream<Problem> problems(Folder folder) {
        return folder.blocks().stream().filter(block -> !block.kind().equals("beans"))
                .flatMap(block -> block.entries().stream()
                        .flatMap(entry -> Endpoint.in(entry).stream())
                        .flatMap(endpoint -> problems(block, endpoint.named(settings))));
    }

    private Stream<Problem> problems(Block block, Endpoint endpoint) {
        var scheme = settings.resolved(endpoint.scheme()).orElse("");
        if (!scheme.matches("[a-zA-Z][\\w.+-]*")) {
            return Stream.empty(); // computed while it runs, or reported as a missing setting
        }
        return factory(scheme).map(factory -> unknownOptions(block, endpoint, scheme, factory))
                .orElseGet(() -> camel.getRegistry().lookupByName(scheme) == null
                        ? Stream.of(block.problem(endpoint.place(),
                                "uses %s:, which is no component that Camel has here.".formatted(scheme)))
                        : Stream.empty());
    }

    private Optional<EndpointUriFactory> factory(String scheme) {
        return Optional.ofNullable(camel.getCamelContextExtension().getEndpointUriFactory(scheme));
    }

    private static Stream<Problem> unknownOptions(
            Block block, Endpoint endpoint, String scheme, EndpointUriFactory factory) {
        return endpoint.options().stream()
                .filter(option -> !factory.isLenientProperties() && !takes(factory, option.name()))
                .map(option -> block.problem(option.place(), "gives %s the option %s, which it does not have.%s"
                        .formatted(scheme, option.name(), DidYouMean.hint(option.name(), factory.propertyNames()))));
    }

    private static boolean takes(EndpointUriFactory factory, String option) {
        return factory.propertyNames().contains(option)
                || factory.multiValuePrefixes().values().stream().anyMatch(option::startsWith);
    }
}
