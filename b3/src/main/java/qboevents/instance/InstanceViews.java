// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import qboevents.resource.Resources;

/** Instances as the API answers them, the way Open Connectors does; secrets are masked already. */
@Component
class InstanceViews {

    private static final long ELEMENT_ID = 39; // QuickBooks Online's in Cloud Elements
    private static final Map<String, Object> ELEMENT =
            Map.of("id", ELEMENT_ID, "key", "quickbooks", "name", "QuickBooks Online", "hub", "finance");

    private final Tokens tokens;
    private final Resources resources;

    InstanceViews(Tokens tokens, Resources resources) {
        this.tokens = tokens;
        this.resources = resources;
    }

    Map<String, Object> created(Created created) {
        var view = view(created.instance(), Set.of());
        view.put("token", created.token());
        return view;
    }

    Map<String, Object> one(Instance instance) {
        return view(instance, tokens.broken());
    }

    List<Map<String, Object>> all(List<Instance> instances) {
        var broken = tokens.broken();
        return instances.stream().map(instance -> view(instance, broken)).toList();
    }

    /** Open Connectors lists the configuration key by key. */
    List<Map<String, Object>> configuration(Instance instance) {
        return instance.configuration().entrySet().stream()
                .map(entry -> Map.<String, Object>of(
                        "key", entry.getKey(), "name", entry.getKey(), "propertyValue", entry.getValue()))
                .toList();
    }

    Map<String, Object> metadata() {
        return Map.of(
                "element", ELEMENT,
                "events", Map.of("supported", true, "methods", List.of("polling", "webhook")),
                "resources", resources.names());
    }

    private static Map<String, Object> view(Instance instance, Set<Long> broken) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", instance.id());
        view.put("name", instance.name());
        view.put("createdDate", instance.createdAt().truncatedTo(ChronoUnit.SECONDS).toString());
        view.put("element", ELEMENT);
        view.put("elementId", ELEMENT_ID);
        view.put("tags", instance.tags());
        view.put("provisionInteractions", List.of());
        view.put("valid", !broken.contains(instance.id()));
        view.put("disabled", !instance.enabled());
        view.put("configuration", instance.configuration());
        view.put("eventsEnabled", instance.events().enabled());
        view.put("externalAuthentication", "none");
        view.put("user", Map.of("id", 1));
        return view;
    }
}
