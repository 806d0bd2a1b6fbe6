// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.CallbackAddresses;

/** An instance to try a callback with: one that there is, or one that could be made of a configuration. Nothing is kept. */
@Component
public class Trials {

    private final Instances instances;
    private final EventsReader events;
    private final CallbackAddresses addresses;
    private final Clock clock;

    Trials(Instances instances, EventsReader events, CallbackAddresses addresses, Clock clock) {
        this.instances = instances;
        this.events = events;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** @param body {@code instanceId}, {@code configuration} put over its own, or {@code configuration} alone */
    public Instance read(@Nullable Object body) {
        var request = new InstanceRequest(body);
        var before = request.number("instanceId").map(instances::stored);
        var configuration = request.merged(before.map(Stored::configuration).orElse(Map.of()));
        var given = new Given(new LinkedHashMap<>(configuration));
        given.values().put(ConfigurationKeys.ENABLED, "true"); // what is tried is needed
        request.checkMembers(given);
        var read = events.read(given);
        var callback = read.callback();
        if (callback != null) {
            addresses.fault(callback.url().getHost()).ifPresent(fault -> given.fault(ConfigurationKeys.CALLBACK_URL, fault));
        }
        var faults = Stream.concat(request.faults().stream(), given.faults().stream()).distinct().toList();
        if (!faults.isEmpty()) {
            throw new ApiException(400, "The test cannot be sent like this: " + faults.stream().collect(Collectors.joining("; ")));
        }
        return before.map(Stored::instance)
                .map(each -> new Instance(each.id(), each.revision(), each.name(), each.tags(), each.realmId(), each.enabled(),
                        each.held(), each.createdAt(), each.sandbox(), each.configuration(), read))
                .orElseGet(() -> new Instance(0, 0, request.name(given).orElse("Test"), List.of("Test"), "0", true,
                        null, clock.instant(), false, Map.of(), read));
    }
}
