// SPDX-License-Identifier: Apache-2.0
package qboevents.hub;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import qboevents.http.ApiException;
import qboevents.http.Query;
import qboevents.instance.Instances;
import qboevents.instance.Suggestion;
import qboevents.resource.Resource;
import qboevents.resource.Resources;

/** Reads what {@code GET /hubs/finance/…} asks for, and names all that is wrong with it at once. */
@Component
class Reads {

    private static final int USUAL_PAGE = 200; // Open Connectors
    private static final int LARGEST_PAGE = 1000; // Intuit's
    private static final Set<String> KNOWN = Set.of("where", "pageSize", "nextPageToken");

    private final Instances instances;
    private final Resources resources;

    Reads(Instances instances, Resources resources) {
        this.instances = instances;
        this.resources = resources;
    }

    Read list(long instanceId, @Nullable String name, @Nullable String rawQuery) {
        var instance = instances.get(instanceId);
        var resource = resource(name);
        var query = Query.of(rawQuery);
        var faults = new ArrayList<String>();
        unknown(query, KNOWN, faults);
        var where = Optional.of(query.where()).filter(text -> !text.isEmpty()).map(text -> Where.read(text, instance.events().zone()));
        if (where.isPresent() && where.get().isEmpty()) {
            faults.add(Where.POSSIBLE);
        }
        var given = query.first("nextPageToken").map(Position::read);
        if (given.isPresent() && given.get().isEmpty()) {
            faults.add("nextPageToken is not one that an answer gave");
        }
        int size = size(query, faults);
        refuse(faults);
        var from = given.flatMap(each -> each);
        return new Read(
                instance, resource, bounds(where.flatMap(each -> each).orElse(List.of()), from),
                from.map(Position::position).orElse(1), size, from.isEmpty(), List.of());
    }

    /** @param objectId an Id, or {@code Id|SyncToken} as notifications name it; null is what Camel makes of the text "null" */
    Read one(long instanceId, @Nullable String name, @Nullable String objectId, @Nullable String rawQuery) {
        var instance = instances.get(instanceId);
        var resource = resource(name);
        var faults = new ArrayList<String>();
        unknown(Query.of(rawQuery), Set.of(), faults);
        refuse(faults);
        var held = UriUtils.decode(String.valueOf(objectId), StandardCharsets.UTF_8); // Camel leaves what a path held
        var id = held.split("\\|", 2)[0];
        if (!id.matches("[^\\p{Cntrl}]{1,100}")) {
            throw new ApiException(404, "There is no such record: " + resource.name() + " have other ids");
        }
        return new Read(instance, resource, List.of(), 1, 1, true, List.of(id));
    }

    private Resource resource(@Nullable String name) {
        var word = String.valueOf(name);
        return resources.meant(word).orElseThrow(() -> new ApiException(404, "There is no resource of this name"
                + Suggestion.of(word, resources.names()) + "; there are " + String.join(", ", resources.names())));
    }

    private static void unknown(Query query, Set<String> known, List<String> faults) {
        query.values().keySet().stream().filter(name -> !name.isEmpty() && !known.contains(name)).forEach(name ->
                faults.add(name.replaceAll("[^\\w.\\[\\]-]", "?") + " is not offered" + Suggestion.of(name, known)));
    }

    private static int size(Query query, List<String> faults) {
        var text = query.first("pageSize").orElse(String.valueOf(USUAL_PAGE));
        if (!text.matches("0*[1-9]\\d{0,8}")) {
            faults.add("pageSize must be a number from 1 to " + LARGEST_PAGE);
            return USUAL_PAGE;
        }
        return Math.min(Integer.parseInt(text), LARGEST_PAGE);
    }

    /** What a page goes on from is later than any lower bound. */
    private static List<Map.Entry<String, Instant>> bounds(
            List<Map.Entry<String, Instant>> where, Optional<Position> from) {
        var since = from.map(Position::since);
        if (since.isEmpty()) {
            return where;
        }
        var bounds = new ArrayList<>(where.stream().filter(each -> !each.getKey().startsWith(">")).toList());
        bounds.add(Map.entry(">=", since.get()));
        return bounds;
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new ApiException(400, "The records cannot be read like this: " + String.join("; ", faults));
        }
    }
}
