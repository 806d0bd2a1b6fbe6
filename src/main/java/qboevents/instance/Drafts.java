// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.CallbackAddresses;

/** Reads the body of {@code POST}, {@code PUT} and {@code PATCH /instances}, and names all that is wrong with it at once. */
@Component
class Drafts {

    private static final Pattern REALM = Pattern.compile("[A-Za-z0-9_-]{1,50}");

    private final EventsReader events;
    private final CallbackAddresses addresses;

    Drafts(EventsReader events, CallbackAddresses addresses) {
        this.events = events;
        this.addresses = addresses;
    }

    Draft create(@Nullable Object body) {
        var request = new InstanceRequest(body);
        var given = new Given(request.merged(Map.of()));
        var code = request.provider("code");
        if (!whole(request, given) && code.isEmpty()) {
            given.fault("providerData.code", "is required: the code that Intuit sent to oauth.callback.url");
        }
        var realm = request.provider("realmId").orElse("");
        if (!REALM.matcher(realm).matches()) {
            given.fault("providerData.realmId", realm.isEmpty() ? "is required" : "must be letters and digits");
        }
        return checked(draft(request, given, realm), given, request);
    }

    /** Nothing stays but the connection, which a code replaces too, and the secrets that are sent back as they were shown. */
    Draft replace(Stored stored, @Nullable Object body) {
        var request = new InstanceRequest(body);
        var given = new Given(request.replacing(stored.configuration()));
        whole(request, given);
        return checked(draft(request, given, sameCompany(stored.instance(), request, given)), given, request);
    }

    /** @return whether it is one of OAuth 1.0, of which nothing more can be asked */
    private static boolean whole(InstanceRequest request, Given given) {
        request.checkElement(given);
        request.checkMembers(given);
        if (request.name(given).isEmpty()) {
            given.fault("name", "is required");
        }
        if (oauth1(request, given)) {
            return true;
        }
        given.required(ConfigurationKeys.OAUTH_KEY, "");
        given.required(ConfigurationKeys.OAUTH_SECRET, "");
        given.required(ConfigurationKeys.OAUTH_CALLBACK, ": the redirect URI that the code was asked for with");
        return false;
    }

    private static Draft draft(InstanceRequest request, Given given, String realm) {
        var name = request.name(given).orElse("");
        return new Draft(name, tags(request.tags(given), name), realm, given.values(), request.provider("code"));
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
        oauth1(request, given);
        request.checkMembers(given);
        var name = request.name(given).orElse(before.name());
        var draft = new Draft(
                name, request.tags(given).map(all -> tags(Optional.of(all), name)).orElse(before.tags()),
                sameCompany(before, request, given), configuration, request.provider("code"));
        return checked(draft, given, request);
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
        given.flag("filter.response.nulls", true);
        var callback = events.read(given).callback();
        if (callback != null) {
            addresses.fault(callback.url().getHost()).ifPresent(fault -> given.fault(ConfigurationKeys.CALLBACK_URL, fault));
        }
        faults.addAll(given.faults());
        if (!faults.isEmpty()) {
            throw new ApiException(400, "The instance cannot be kept like this: "
                    + faults.stream().distinct().collect(Collectors.joining("; ")));
        }
        draft.configuration().computeIfPresent(ConfigurationKeys.URLS, (key, text) -> events.spelledOut(text));
        return draft;
    }

    static boolean sandbox(Given given) {
        return given.flag("use_sandbox", false) | given.flag("connect.to.sandbox", false);
    }

    private static boolean oauth1(InstanceRequest request, Given given) {
        var type = given.text(ConfigurationKeys.AUTHENTICATION)
                .orElse(request.provider("oauth_token").isPresent() ? "oauth1" : "oauth2");
        if (type.equalsIgnoreCase("oauth1")) {
            given.fault(ConfigurationKeys.AUTHENTICATION, "cannot be oauth1: Intuit switched OAuth 1.0 off on"
                    + " 17 December 2019; use oauth2 with providerData.code");
            return true;
        }
        if (!type.equalsIgnoreCase("oauth2")) {
            given.fault(ConfigurationKeys.AUTHENTICATION, "must be oauth2");
        }
        return false;
    }
}
