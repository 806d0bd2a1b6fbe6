// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/**
 * What a route reads from or sends to, with its options from both places where they can be written.
 *
 * @param address scheme and path, without slashes and options: {@code quartz:poll/Deposit}
 */
record Endpoint(String address, List<Option> options, Place place) {

    record Option(String name, String value, Place place) {}

    private static final Set<String> KEYS = Set.of("from", "to", "toD", "wireTap", "poll", "deadLetterUri");

    /** The path of these may stand among the parameters: visual editors write it there. */
    private static final List<String> PATH_OPTIONS = List.of("groupName", "triggerName", "name");

    static Optional<Endpoint> in(Entry entry) {
        return KEYS.contains(entry.key()) ? entry.text().map(uri -> of(uri, entry))
                .or(() -> entry.child("uri").flatMap(uri -> uri.text().map(text -> of(text, entry)))) : Optional.empty();
    }

    private static Endpoint of(String uri, Entry entry) {
        var place = entry.child("uri").map(Entry::place).orElse(entry.place());
        var options = new ArrayList<>(query(uri, place));
        entry.child("parameters").stream().flatMap(parameters -> parameters.children().stream())
                .forEach(child -> options.add(new Option(child.key(), child.text().orElse(""), child.place())));
        return of(uri, options, place);
    }

    private static Endpoint of(String uri, List<Option> options, Place place) {
        var address = StringHelper.before(uri, "?", uri).replaceFirst(":/{1,2}", ":");
        return new Endpoint(address.contains(":") ? address : address + ":" + path(options), options, place);
    }

    private static List<Option> query(String uri, Place place) {
        try {
            return URISupport.parseQuery(StringHelper.after(uri, "?", "")).entrySet().stream()
                    .map(option -> new Option(option.getKey(), String.valueOf(option.getValue()), place))
                    .toList();
        } catch (URISyntaxException e) {
            return List.of();
        }
    }

    private static String path(List<Option> options) {
        return PATH_OPTIONS.stream()
                .flatMap(name -> options.stream().filter(option -> option.name().equals(name)).map(Option::value))
                .collect(Collectors.joining("/"));
    }

    /** The one that a setting names as a whole: {@code {{events.delivery.to}}}. */
    Endpoint named(Placeholders settings) {
        return Optional.of(address).filter(text -> text.startsWith("{{"))
                .flatMap(text -> settings.resolved(StringHelper.before(text, "}}", text) + "}}"))
                .map(uri -> of(uri, Stream.concat(query(uri, place).stream(), options.stream()).toList(), place))
                .orElse(this);
    }

    String scheme() {
        return StringHelper.before(address, ":", address);
    }

    Optional<Option> option(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    /** The QuickBooks entity, when this is the timer of a resource. */
    Optional<String> entity() {
        return Stream.of(address).filter(text -> text.startsWith("quartz:poll/"))
                .map(text -> text.substring("quartz:poll/".length())).findFirst();
    }
}
