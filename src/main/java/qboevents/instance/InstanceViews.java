// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import qboevents.http.Page;
import qboevents.resource.Resources;

/** Instances as the API answers them, the way Open Connectors does; secrets are masked already. */
@Component
class InstanceViews {

    private static final long ELEMENT_ID = 39; // QuickBooks Online's in Cloud Elements
    private static final Map<String, Object> ELEMENT =
            Map.of("id", ELEMENT_ID, "key", "quickbooks", "name", "QuickBooks Online", "hub", "finance");

    private final ConnectionStates connections;
    private final Resources resources;

    InstanceViews(ConnectionStates connections, Resources resources) {
        this.connections = connections;
        this.resources = resources;
    }

    Map<String, Object> created(Created created) {
        var view = one(created.instance());
        view.put("token", created.token());
        return view;
    }

    Map<String, Object> one(Instance instance) {
        return all(List.of(instance)).get(0);
    }

    List<Map<String, Object>> all(List<Instance> instances) {
        var all = connections.of(instances.stream().map(Instance::id).toList());
        return instances.stream().map(instance -> view(instance, Optional.ofNullable(all.get(instance.id())))).toList();
    }

    /** Open Connectors lists the configuration key by key. */
    Page configuration(Instance instance) {
        return Page.whole(instance.configuration().entrySet().stream()
                .map(entry -> Map.<String, Object>of(
                        "key", entry.getKey(), "name", entry.getKey(), "propertyValue", entry.getValue()))
                .toList());
    }

    Map<String, Object> metadata() {
        return Map.of(
                "element", ELEMENT,
                "events", Map.of("supported", true, "methods", List.of("polling", "webhook")),
                "resources", resources.names());
    }

    private static Map<String, Object> view(Instance instance, Optional<Connection> connection) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", instance.id());
        view.put("name", instance.name());
        view.put("createdDate", instance.createdAt().truncatedTo(ChronoUnit.SECONDS).toString());
        view.put("element", ELEMENT);
        view.put("elementId", ELEMENT_ID);
        view.put("tags", instance.tags());
        view.put("provisionInteractions", List.of());
        view.put("valid", connection.map(Connection::valid).orElse(true));
        view.put("disabled", !instance.enabled());
        view.put("configuration", instance.configuration());
        view.put("eventsEnabled", instance.events().enabled());
        view.put("externalAuthentication", "none");
        view.put("user", Map.of("id", 1));
        connection.ifPresent(each -> view.put("connection", each));
        if (instance.held() != null) {
            view.put("subscription", Map.of("active", false, "deactivatedBecause", instance.held()));
        }
        return view;
    }
}
