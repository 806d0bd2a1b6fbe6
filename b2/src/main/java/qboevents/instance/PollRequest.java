// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.Query;
import qboevents.resource.Resources;

/** {@code POST /instances/{id}/poll}: refused where nothing would come of it. */
@Component
class PollRequest {

    private final Instances instances;
    private final Resources resources;

    PollRequest(Instances instances, Resources resources) {
        this.instances = instances;
        this.resources = resources;
    }

    /** @return the one resource that is meant, or nothing for all */
    @Nullable String resource(long instanceId, @Nullable String rawQuery) {
        var instance = instances.get(instanceId);
        if (!instance.enabled()) {
            throw new ApiException(409, "The instance is disabled; enable it with PUT /instances/" + instanceId + "/enabled");
        }
        if (!instance.events().polls()) {
            throw new ApiException(409, "The instance does not poll; set " + ConfigurationKeys.ENABLED + " to true and "
                    + ConfigurationKeys.VENDOR_TYPE + " to polling or hybrid");
        }
        var resource = Query.of(rawQuery).first("resource");
        resource.ifPresent(name -> followed(name, instance.events()));
        return resource.orElse(null);
    }

    private void followed(String name, Events events) {
        var polled = events.resources().isEmpty() ? resources.names() : events.resources();
        if (!polled.contains(name)) {
            throw new ApiException(400, "The instance does not poll " + name + Suggestion.of(name, polled));
        }
    }
}
