// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    private final String basePath;
    private final Resources resources;
    private @Nullable Map<String, Object> text;

    OpenApi(@Value("${events.api.base-path}") String basePath, Resources resources) {
        this.basePath = basePath;
        this.resources = resources;
    }

    /** Read when it is asked for: it is long, and the start has better things to do. */
    private synchronized Map<String, Object> text() {
        if (text == null) {
            try (var file = new ClassPathResource("openapi.yaml").getInputStream()) {
                text = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            text.put("servers", List.of(Map.of("url", basePath)));
        }
        return text;
    }

    Map<String, Object> view() {
        var text = text();
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
