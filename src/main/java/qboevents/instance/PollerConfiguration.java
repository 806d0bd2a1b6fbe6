// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import qboevents.resource.Resource;
import qboevents.resource.Resources;

/**
 * {@code event.poller.configuration}: JSON keyed by resource name. An entry called {@code events}, as the documentation has
 * it, is whatever its url names.
 */
final class PollerConfiguration {

    private static final String KEY = ConfigurationKeys.RESOURCES;
    private static final String COPIED = "events";

    private final Resources resources;
    private final Given given;
    private final Duration floor;
    private final Map<String, Poller> pollers = new LinkedHashMap<>();

    private PollerConfiguration(Resources resources, Given given, Duration floor) {
        this.resources = resources;
        this.given = given;
        this.floor = floor;
    }

    /** By resource, in the order given; what is wrong is noted and left out. */
    static Map<String, Poller> read(Given given, Resources resources, Duration floor) {
        var configuration = new PollerConfiguration(resources, given, floor);
        var text = given.text(KEY);
        var entries = text.flatMap(Json::object);
        if (text.isPresent() && entries.isEmpty()) {
            given.fault(KEY, "must be a JSON object keyed by resource name");
        }
        entries.ifPresent(all -> all.forEach(configuration::entry));
        return configuration.pollers;
    }

    private void entry(String name, Object value) {
        if (!(value instanceof Map<?, ?> members)) {
            given.fault(KEY, "must hold a JSON object under " + shown(name));
            return;
        }
        var known = resource(name, InstanceRequest.text(members.get("url")));
        if (known.isEmpty()) {
            pollers.put(name, Poller.USUAL); // or an instance whose one resource is not offered any more would poll all
        }
        known.ifPresent(resource -> {
            var entry = new PollerEntry(shown(name), members);
            var poller = entry.read(resource, resources, floor);
            entry.faults().forEach(fault -> given.fault(KEY, "has " + fault));
            if (pollers.put(resource.name(), poller) != null) {
                given.fault(KEY, "has two entries for " + resource.name());
            }
        });
    }

    private Optional<Resource> resource(String name, Optional<String> url) {
        var copied = resources.named(name).isEmpty() && name.equals(COPIED);
        var resource = copied
                ? url.flatMap(text -> new PollerUrl(text).resource(resources))
                : resources.named(name);
        if (resource.isEmpty()) {
            given.fault(KEY, copied
                    ? "has " + COPIED + ".url, which must name what is polled, such as /hubs/finance/invoices"
                    : "names " + shown(name) + ", which no route offers" + Suggestion.of(shown(name), resources.names()));
        }
        return resource;
    }

    static String shown(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }
}
