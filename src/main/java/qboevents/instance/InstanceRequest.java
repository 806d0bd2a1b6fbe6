// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import qboevents.http.ApiException;

/** The members of a request about an instance, whatever JSON type they came in. */
final class InstanceRequest {

    private static final int MAX_NAME = 255;
    private static final int MAX_TAGS = 50;
    private static final int MAX_TAG = 255;

    private final Map<?, ?> body;
    private final List<String> faults = new ArrayList<>();

    InstanceRequest(@Nullable Object body) {
        if (!(body instanceof Map<?, ?> members)) {
            throw new ApiException(400, "The body must be a JSON object");
        }
        this.body = members;
        this.faults.addAll(Storable.faults(members));
    }

    List<String> faults() {
        return faults;
    }

    void checkElement(Given given) {
        var element = body.get("element") instanceof Map<?, ?> members ? members : Map.of();
        var key = text(element.get("key"));
        if (key.isEmpty() && element.get("id") == null) {
            given.fault("element.key", "is required: quickbooks");
        }
        if (key.isPresent() && !key.get().equals("quickbooks")) {
            given.fault("element.key", "must be quickbooks");
        }
    }

    Optional<String> name(Given given) {
        var name = text(body.get("name"));
        if (body.get("name") instanceof Map || body.get("name") instanceof List) {
            given.fault("name", "must be a text");
        }
        if (name.isPresent() && name.get().length() > MAX_NAME) {
            given.fault("name", "has more than " + MAX_NAME + " characters");
        }
        if (name.isPresent() && name.get().chars().anyMatch(Character::isISOControl)) {
            given.fault("name", "must not hold control characters");
        }
        return name;
    }

    Optional<List<String>> tags(Given given) {
        var tags = body.get("tags");
        if (tags == null) {
            return Optional.empty();
        }
        if (!(tags instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            given.fault("tags", "must be a list of texts");
            return Optional.empty();
        }
        var texts = list.stream().map(String.class::cast).toList();
        if (texts.size() > MAX_TAGS) {
            given.fault("tags", "has more than " + MAX_TAGS + " texts");
        }
        if (texts.stream().anyMatch(tag -> tag.length() > MAX_TAG)) {
            given.fault("tags", "has a text of more than " + MAX_TAG + " characters");
        }
        return Optional.of(texts);
    }

    /** What can be left away, but must not be something else. */
    void checkMembers(Given given) {
        if (body.containsKey("name") && text(body.get("name")).isEmpty()) {
            given.fault("name", "must not be empty");
        }
        var provider = body.get("providerData");
        if (provider != null && !(provider instanceof Map)) {
            given.fault("providerData", "must be a JSON object");
        }
    }

    /** @throws ApiException when it is there and no number */
    Optional<Long> number(String member) {
        var text = text(body.get(member));
        if (text.isPresent() && !text.get().matches("\\d{1,18}")) {
            throw new ApiException(400, member + " must be a number");
        }
        return text.map(Long::valueOf);
    }

    Optional<String> provider(String member) {
        return body.get("providerData") instanceof Map<?, ?> members ? text(members.get(member)) : Optional.empty();
    }

    /** What was there before, with the given keys put over it. */
    Map<String, String> merged(Map<String, String> before) {
        return over(new LinkedHashMap<>(before), before);
    }

    /** The given keys alone. */
    Map<String, String> replacing(Map<String, String> before) {
        return over(new LinkedHashMap<>(), before);
    }

    private Map<String, String> over(Map<String, String> all, Map<String, String> before) {
        var configuration = body.get("configuration");
        if (configuration == null) {
            return all;
        }
        if (!(configuration instanceof Map<?, ?> members)) {
            faults.add("configuration must be a JSON object");
            return all;
        }
        members.forEach((name, value) -> {
            var key = String.valueOf(name);
            var text = text(value);
            if (text.isEmpty()) {
                all.remove(key);
            } else {
                all.put(key, unmasked(key, text.get(), before));
            }
        });
        return all;
    }

    /** A masked secret is one that was read and sent back. */
    private String unmasked(String key, String text, Map<String, String> before) {
        if (!text.equals(ConfigurationKeys.MASK)) {
            return text;
        }
        if (!before.containsKey(key) && ConfigurationKeys.secret(key)) {
            faults.add(key + " is masked, and there is no value yet that it could stand for; give the value");
        }
        return before.getOrDefault(key, text);
    }

    /** Numbers without an exponent, objects and lists as JSON; nothing for null and for empty texts. */
    static Optional<String> text(@Nullable Object value) {
        if (value instanceof String string) {
            return Optional.of(string).filter(text -> !text.isBlank());
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return Optional.of(BigDecimal.valueOf(number).stripTrailingZeros().toPlainString());
        }
        if (value instanceof Map || value instanceof List) {
            return Optional.of(Json.text(value));
        }
        return Optional.ofNullable(value).map(String::valueOf);
    }
}
