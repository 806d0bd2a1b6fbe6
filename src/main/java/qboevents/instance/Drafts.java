// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.CallbackAddresses;

/** Reads the body of {@code POST}, {@code PUT} and {@code PATCH /instances}, and names all that is wrong with it at once. */
@Component
class Drafts {

    private static final Pattern REALM = Pattern.compile("[A-Za-z0-9_-]{1,50}");
    private static final int MOST_FAULTS = 50;

    private final EventsReader events;
    private final CallbackAddresses addresses;
    private final OAuth1Settings oauth1;

    Drafts(EventsReader events, CallbackAddresses addresses, OAuth1Settings oauth1) {
        this.events = events;
        this.addresses = addresses;
        this.oauth1 = oauth1;
    }

    Draft create(@Nullable Object body) {
        var request = new InstanceRequest(body);
        var given = new Given(request.merged(Map.of()));
        whole(request, given);
        var authentication = Authentication.required(request, given, given.values(), oauth1);
        var realm = request.provider("realmId").orElse("");
        if (!REALM.matcher(realm).matches()) {
            given.fault("providerData.realmId", realm.isEmpty() ? "is required" : "must be letters and digits");
        }
        return checked(draft(request, given, realm, authentication), given, request);
    }

    /** What would be wrong with it if a user had connected the company already. */
    void check(@Nullable Object body) {
        var request = new LinkedHashMap<Object, Object>(body instanceof Map<?, ?> members ? members : Map.of());
        request.put("providerData", Map.of("code", "to-come", "realmId", "0"));
        create(request);
    }

    /** Nothing stays but the connection, which a code replaces too, and the secrets that are sent back as they were shown. */
    Draft replace(Stored stored, @Nullable Object body) {
        var request = new InstanceRequest(body);
        var given = new Given(request.replacing(stored.configuration()));
        whole(request, given);
        var authentication = Authentication.offered(request, given, given.values(), stored.configuration(), oauth1);
        if (authentication.isEmpty()) {
            Authentication.requireKeys(given);
        }
        var realm = sameCompany(stored.instance(), request, given);
        return checked(draft(request, given, realm, authentication), given, request);
    }

    private static void whole(InstanceRequest request, Given given) {
        request.checkElement(given);
        request.checkMembers(given);
        if (request.name(given).isEmpty()) {
            given.fault("name", "is required");
        }
    }

    private static Draft draft(InstanceRequest request, Given given, String realm, Authentication authentication) {
        var name = request.name(given).orElse("");
        return new Draft(name, tags(request.tags(given), name), realm, given.values(),
                authentication.code(), authentication.grant());
    }

    /** An instance without a tag has its name for one, as with Open Connectors. */
    private static List<String> tags(Optional<List<String>> tags, String name) {
        return tags.filter(all -> !all.isEmpty()).orElse(List.of(name));
    }

    /** The configuration is merged key by key; an empty value takes a key away. */
    Draft change(Stored stored, @Nullable Object body) {
        var request = new InstanceRequest(body);
        var before = stored.instance();
        var configuration = request.merged(stored.configuration());
        var given = new Given(configuration);
        request.checkMembers(given);
        var authentication = Authentication.offered(request, given, configuration, stored.configuration(), oauth1);
        if (authentication.isEmpty()) {
            Authentication.requireKeys(given);
        }
        var name = request.name(given).orElse(before.name());
        var draft = new Draft(
                name, request.tags(given).map(all -> tags(Optional.of(all), name)).orElse(before.tags()),
                sameCompany(before, request, given), configuration, authentication.code(), authentication.grant());
        return checked(draft, given, request);
    }

    /**
     * The same request made of what the instance is now.
     *
     * @throws ApiException 409 when what its code was spent with belongs to another app by now
     */
    Draft again(Draft before, Stored stored, @Nullable Object body, boolean merges) {
        var draft = merges ? change(stored, body) : replace(stored, body);
        if (!draft.setting(ConfigurationKeys.OAUTH_KEY).equals(before.setting(ConfigurationKeys.OAUTH_KEY))) {
            throw new ApiException(409, "Somebody else changed " + ConfigurationKeys.OAUTH_KEY + " meanwhile; authorize again and send"
                    + " the request with the new code");
        }
        return draft;
    }

    private static String sameCompany(Instance before, InstanceRequest request, Given given) {
        if (!request.provider("realmId").orElse(before.realmId()).equals(before.realmId())) {
            given.fault("providerData.realmId", "is another company's; create an instance for it");
        }
        return before.realmId();
    }

    private Draft checked(Draft draft, Given given, InstanceRequest request) {
        var faults = new ArrayList<>(request.faults());
        draft.configuration().keySet().stream()
                .filter(key -> key.startsWith("event.") && !ConfigurationKeys.EVENT_KEYS.contains(key))
                .forEach(key -> given.fault(key, "is not known" + Suggestion.of(key, ConfigurationKeys.EVENT_KEYS)));
        sandbox(given);
        OAuthCallback.check(given);
        given.flag("filter.response.nulls", true);
        var callback = events.read(given).callback();
        if (callback != null && callback.url() != null) {
            addresses.fault(callback.url().getHost()).ifPresent(fault -> given.fault(ConfigurationKeys.CALLBACK_URL, fault));
        }
        faults.addAll(given.faults());
        if (!faults.isEmpty()) {
            throw new ApiException(400, "The instance cannot be kept like this: " + told(faults.stream().distinct().toList()));
        }
        draft.configuration().computeIfPresent(ConfigurationKeys.URLS, (key, text) -> events.spelledOut(text));
        return draft;
    }

    /** Nobody reads thousands, and an answer must not grow with what was sent. */
    private static String told(List<String> faults) {
        var first = String.join("; ", faults.subList(0, Math.min(faults.size(), MOST_FAULTS)));
        return faults.size() > MOST_FAULTS ? first + "; and " + (faults.size() - MOST_FAULTS) + " more" : first;
    }

    static boolean sandbox(Given given) {
        return given.flag("use_sandbox", false) | given.flag("connect.to.sandbox", false);
    }
}
