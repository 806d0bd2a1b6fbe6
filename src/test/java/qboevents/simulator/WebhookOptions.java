// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Webhooks in words, for the command line and for the door: {@code url}, {@code token}, {@code form} and the moods. */
final class WebhookOptions {

    private final Webhooks webhooks;
    private final Map<String, Consumer<String>> known = new TreeMap<>();

    WebhookOptions(Webhooks webhooks) {
        this.webhooks = webhooks;
        var moods = webhooks.moods();
        known.put("form", value -> webhooks.form(form(value)));
        known.put("content-type", webhooks::contentType);
        known.put("at-most", value -> webhooks.atMost(Integer.parseInt(value)));
        known.put("compression", value -> webhooks.compression(Double.parseDouble(value)));
        known.put("repeating", value -> moods.repeating(Integer.parseInt(value)));
        known.put("reordering", value -> moods.reordering(Boolean.parseBoolean(value)));
        known.put("late-ms", value -> moods.delaying(Duration.ZERO, Duration.ofMillis(Long.parseLong(value))));
        known.put("losing", value -> moods.losing(event -> value.equals("true")));
        known.put("wrong-signature", value -> moods.wrongSignature(Boolean.parseBoolean(value)));
        known.put("voided", value -> moods.voided(Boolean.parseBoolean(value)));
        known.put("deleted-id-in-camel-case", value -> moods.deletedIdInCamelCase(Boolean.parseBoolean(value)));
        known.put("upper-case-words", value -> moods.upperCaseWords(Boolean.parseBoolean(value)));
    }

    /** Sets what is named and leaves the rest as it is; when anything is wrong, an exception says so. */
    void apply(Map<String, String> options) {
        var rest = new HashMap<>(options);
        var url = rest.remove("url");
        var token = rest.remove("token");
        rest.forEach(this::set);
        if (url != null && token != null) {
            webhooks.subscribe(url, token);
        } else if (url != null || token != null) {
            throw new IllegalArgumentException("Webhooks need both, url and token");
        }
    }

    private static WebhookForm form(String value) {
        return switch (value) {
            case "cloud-events" -> WebhookForm.CLOUD_EVENTS;
            case "legacy" -> WebhookForm.LEGACY;
            default -> throw new IllegalArgumentException("Webhooks have the forms cloud-events and legacy");
        };
    }

    private void set(String name, String value) {
        if (!known.containsKey(name)) {
            throw new IllegalArgumentException(
                    "Webhooks have no " + name + "; known are url, token, " + String.join(", ", known.keySet()));
        }
        known.get(name).accept(value);
    }
}
