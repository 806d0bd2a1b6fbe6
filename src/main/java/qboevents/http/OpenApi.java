// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import qboevents.resource.Resources;

/** {@code openapi.yaml}, with what only the running service knows: where it is served, and which resources there are. */
@Component
class OpenApi {

    private final Map<String, Object> text;
    private final Resources resources;

    OpenApi(@Value("${events.api.base-path}") String basePath, Resources resources) throws IOException {
        this.resources = resources;
        try (var file = new ClassPathResource("openapi.yaml").getInputStream()) {
            text = read(file);
        }
        text.put("servers", List.of(Map.of("url", basePath)));
    }

    private static Map<String, Object> read(InputStream file) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
    }

    Map<String, Object> view() {
        var view = new LinkedHashMap<>(text);
        var components = copy(text.get("components"));
        var schemas = copy(components.get("schemas"));
        schemas.put("ResourceName", Map.of("type", "string", "examples", resources.names()));
        components.put("schemas", schemas);
        view.put("components", components);
        return view;
    }

    private static Map<String, Object> copy(Object members) {
        var copy = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) members).forEach((name, value) -> copy.put(String.valueOf(name), value));
        return copy;
    }
}
