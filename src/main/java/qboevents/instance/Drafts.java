// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.net.InetAddress;
import java.net.UnknownHostException;
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

/** Reads the body of {@code POST} and {@code PATCH /instances}, and names all that is wrong with it at once. */
@Component
class Drafts {

    private static final Pattern REALM = Pattern.compile("[A-Za-z0-9_-]{1,50}");

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
        var configuration = request.merged(Map.of());
        var given = new Given(configuration);
        request.checkElement(given);
        var name = request.name(given).orElse("");
        if (name.isEmpty()) {
            given.fault("name", "is required");
        }
        var authentication = Authentication.required(request, given, configuration, oauth1);
        var realm = request.provider("realmId").orElse("");
        if (!REALM.matcher(realm).matches()) {
            given.fault("providerData.realmId", realm.isEmpty() ? "is required" : "must be letters and digits");
        }
        var draft = new Draft(name, request.tags(given).orElse(List.of(name)), realm, configuration,
                authentication.code(), authentication.grant());
        return checked(draft, given, request);
    }

    /** The configuration is merged key by key; an empty value takes a key away. */
    Draft change(Stored stored, @Nullable Object body) {
        var request = new InstanceRequest(body);
        var before = stored.instance();
        var configuration = request.merged(stored.configuration());
        var given = new Given(configuration);
        var authentication = Authentication.offered(request, given, configuration, stored.configuration(), oauth1);
        var realm = request.provider("realmId").orElse(before.realmId());
        if (!realm.equals(before.realmId())) {
            given.fault("providerData.realmId", "is another company's; create an instance for it");
        }
        var draft = new Draft(
                request.name(given).orElse(before.name()), request.tags(given).orElse(before.tags()), before.realmId(),
                configuration, authentication.code(), authentication.grant());
        return checked(draft, given, request);
    }

    private Draft checked(Draft draft, Given given, InstanceRequest request) {
        var faults = new ArrayList<>(request.faults());
        draft.configuration().keySet().stream()
                .filter(key -> key.startsWith("event.") && !ConfigurationKeys.EVENT_KEYS.contains(key))
                .forEach(key -> given.fault(key, "is not known" + Suggestion.of(key, ConfigurationKeys.EVENT_KEYS)));
        sandbox(given);
        var callback = events.read(given).callback();
        if (callback != null) {
            address(callback, given);
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

    /** A name that leads nowhere now may lead somewhere later; every connection is checked again. */
    private void address(Callback callback, Given given) {
        var host = callback.url().getHost();
        try {
            for (var address : InetAddress.getAllByName(host)) {
                if (!addresses.allowed(address)) {
                    given.fault(ConfigurationKeys.CALLBACK_URL, "leads to the internal address "
                            + address.getHostAddress() + ", which events.delivery.allow-private-addresses does not allow");
                    return;
                }
            }
        } catch (UnknownHostException e) {
            return;
        }
    }
}
