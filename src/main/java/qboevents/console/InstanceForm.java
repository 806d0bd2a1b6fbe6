// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The form in which an instance is described, and the body of {@code POST} or {@code PATCH /instances} that it stands for.
 *
 * @param values of fields that have one, by the name that the configuration has for them, and {@code name} and {@code tags}
 * @param resources that are chosen
 */
record InstanceForm(Map<String, String> values, List<String> resources) {

    static final String MASK = "********";
    static final String CALLBACK = "oauth.callback.url";
    static final String URLS = "event.poller.urls";

    private static final String KEY = "oauth.api.key";
    private static final String SECRET = "oauth.api.secret";
    private static final String SANDBOX = "use_sandbox";
    private static final String ENABLED = "event.notification.enabled";
    private static final String ADAPTIVE = "event.poller.adaptive";

    private static final List<String> ACCOUNT = List.of(KEY, SECRET, SANDBOX);
    private static final List<String> EVENTS = List.of(ENABLED, "event.vendor.type", "event.notification.callback.url",
            "event.notification.signature.key", "event.notification.basic.username", "event.notification.basic.password",
            "event.notification.format", "event.poller.refresh_interval", "event.poller.start", ADAPTIVE);
    private static final List<String> FLAGS = List.of(SANDBOX, ENABLED, ADAPTIVE);
    private static final List<String> OFF_BY_DEFAULT = List.of(SANDBOX, ADAPTIVE);
    private static final Map<String, String> HIDDEN = Map.of(
            SECRET, "<CONSUMER_SECRET>",
            "event.notification.signature.key", "<OPTIONAL_SIGNATURE_KEY>",
            "event.notification.basic.password", "<PASSWORD>");

    /** As a browser sends it: a box that is not ticked is not there. */
    static InstanceForm sent(MultiValueMap<String, String> given) {
        var values = new LinkedHashMap<String, String>();
        given.forEach((name, all) -> values.put(name, all.isEmpty() || all.get(0) == null ? "" : all.get(0)));
        FLAGS.forEach(flag -> values.put(flag, String.valueOf(given.containsKey(flag))));
        return new InstanceForm(values, given.getOrDefault(URLS, List.of()));
    }

    /** Of somebody who has not begun yet. */
    static InstanceForm empty(List<String> resources) {
        return new InstanceForm(new LinkedHashMap<>(Map.of(ENABLED, "true", "event.vendor.type", "polling",
                "event.poller.refresh_interval", "15")), resources);
    }

    /** @param instance as the API answers it, or a body as it was to be sent */
    static InstanceForm of(Map<String, Object> instance, List<String> offered) {
        var values = new LinkedHashMap<String, String>();
        Calls.map(instance.get("configuration")).forEach((key, value) -> values.put(key, String.valueOf(value)));
        values.put("name", String.valueOf(instance.getOrDefault("name", "")));
        var tags = instance.get("tags") instanceof List<?> list ? list : List.of();
        values.put("tags", String.join(", ", tags.stream().map(String::valueOf).toList()));
        var urls = values.getOrDefault(URLS, "");
        return new InstanceForm(values, urls.isBlank() ? offered : Arrays.asList(urls.split("[\\s,|]+")));
    }

    /** For the page. */
    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    public boolean ticked(String name) {
        return Boolean.parseBoolean(value(name));
    }

    public boolean chosen(String resource) {
        return resources.contains(resource);
    }

    /** Whether something stands in a field that is folded away. */
    public boolean optional() {
        return EVENTS.subList(3, 6).stream().anyMatch(each -> !value(each).isBlank())
                || value("event.notification.format").equals("cloudevents")
                || !value("event.poller.start").isBlank() || ticked(ADAPTIVE);
    }

    /** @param callback where Intuit sends the browser back to */
    Map<String, Object> creating(String callback) {
        var configuration = new LinkedHashMap<String, Object>();
        configuration.put(CALLBACK, callback);
        ACCOUNT.forEach(key -> put(configuration, key));
        configuration.put("authentication.type", "oauth2");
        EVENTS.forEach(key -> put(configuration, key));
        put(configuration, URLS, urls());
        var body = new LinkedHashMap<String, Object>();
        body.put("element", Map.of("key", "quickbooks"));
        body.put("configuration", configuration);
        body.put("tags", tags());
        body.put("name", value("name"));
        return body;
    }

    /** An empty field takes its value away; a masked one leaves it. */
    Map<String, Object> changing() {
        var configuration = new LinkedHashMap<String, Object>();
        for (var key : List.of(KEY, SECRET)) {
            put(configuration, key); // these two are needed, and stay as they are when they are not given
        }
        EVENTS.forEach(key -> configuration.put(key, value(key)));
        configuration.put(URLS, urls());
        var body = new LinkedHashMap<String, Object>();
        body.put("configuration", configuration);
        body.put("tags", tags());
        body.put("name", value("name"));
        return body;
    }

    private void put(Map<String, Object> configuration, String key) {
        if (ticked(key) || !OFF_BY_DEFAULT.contains(key)) {
            put(configuration, key, value(key));
        }
    }

    private static void put(Map<String, Object> configuration, String key, String value) {
        if (!value.isBlank()) {
            configuration.put(key, value);
        }
    }

    private String urls() {
        return value("event.vendor.type").startsWith("webhook") ? "" : String.join(",", resources);
    }

    private List<String> tags() {
        var tags = new ArrayList<String>();
        for (var tag : value("tags").split(",")) {
            if (!tag.isBlank()) {
                tags.add(tag.strip());
            }
        }
        return tags;
    }

    /** Whether it polls and does not say what. */
    boolean nothingChosen() {
        return ticked(ENABLED) && !value("event.vendor.type").startsWith("webhook") && resources.isEmpty();
    }

    /** The body to be looked at, as the documentation shows it: no secret for whoever looks over a shoulder. */
    static Map<String, Object> shown(Map<String, Object> body) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("element", body.get("element"));
        shown.put("providerData", Map.of("code", "<AUTHORIZATION_GRANT_CODE>", "realmId", "<REALMID>"));
        var configuration = new LinkedHashMap<>(Calls.map(body.get("configuration")));
        HIDDEN.forEach((key, word) -> configuration.computeIfPresent(key, (name, value) -> blank(value) ? value : word));
        shown.put("configuration", configuration);
        shown.put("tags", body.get("tags"));
        shown.put("name", body.get("name"));
        return shown;
    }

    private static boolean blank(@Nullable Object value) {
        return value == null || String.valueOf(value).isBlank();
    }
}
