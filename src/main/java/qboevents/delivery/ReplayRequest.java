// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import qboevents.http.ApiException;
import qboevents.instance.Moments;

/**
 * What {@code POST /notifications/replays} asks for.
 *
 * @param resource null: all
 * @param to exclusive; nothing that comes after the request is part of it
 */
record ReplayRequest(long instanceId, @Nullable String resource, Instant from, Instant to, boolean dryRun) {

    private static final List<String> MEMBERS = List.of("instanceId", "resource", "from", "to", "status", "dryRun");
    private static final Set<String> NOT_DELIVERED = Set.of("NEW", "DISPATCHED", "QUEUED");

    /** @param only the instance of the caller's token; null: any */
    static ReplayRequest read(@Nullable Long only, @Nullable Object body, List<String> resources, Instant now) {
        if (!(body instanceof Map<?, ?> given)) {
            throw new ApiException(400, "The body must be a JSON object with " + String.join(", ", MEMBERS));
        }
        var faults = new ArrayList<String>();
        given.keySet().stream().filter(name -> !MEMBERS.contains(name))
                .forEach(name -> faults.add(name + " is not known; possible are " + String.join(", ", MEMBERS)));
        var instanceId = instanceId(only, given.get("instanceId"), faults);
        var resource = given.get("resource");
        if (resource != null && !resources.contains(resource)) {
            faults.add("resource must be one of " + String.join(", ", resources));
        }
        var from = time("from", given.get("from"), faults).orElse(Instant.EPOCH);
        var to = time("to", given.get("to"), faults).filter(time -> time.isBefore(now)).orElse(now);
        if (faults.isEmpty() && !from.isBefore(to)) {
            faults.add("from must be before to, and in the past");
        }
        status(given.get("status"), faults);
        var dryRun = given.get("dryRun");
        if (dryRun != null && !(dryRun instanceof Boolean)) {
            faults.add("dryRun must be true or false");
        }
        if (!faults.isEmpty()) {
            throw new ApiException(400, String.join("; ", faults));
        }
        return new ReplayRequest(instanceId, (String) resource, from, to, Boolean.TRUE.equals(dryRun));
    }

    private static long instanceId(@Nullable Long only, @Nullable Object given, List<String> faults) {
        if (given == null && only != null) {
            return only;
        }
        if (!String.valueOf(given).matches("\\d{1,18}")) {
            faults.add("instanceId must be the number of an instance");
            return -1;
        }
        var id = Long.parseLong(String.valueOf(given));
        if (only != null && only != id) {
            throw new ApiException(403, "The token is another instance's");
        }
        return id;
    }

    private static void status(@Nullable Object given, List<String> faults) {
        var word = String.valueOf(given).toUpperCase(Locale.ROOT);
        if (NOT_DELIVERED.contains(word)) {
            faults.add("status must be NOTIFIED: what is " + word + " is still owed and sent without a replay; what is queued is"
                    + " released with PUT /notifications/subscriptions/deliveries");
        } else if (given != null && !word.equals("NOTIFIED")) {
            faults.add("status must be NOTIFIED");
        }
    }

    private static Optional<Instant> time(String name, @Nullable Object given, List<String> faults) {
        try {
            return Optional.ofNullable(given).map(text -> Moments.read(String.valueOf(text).strip(), ZoneOffset.UTC));
        } catch (DateTimeException e) {
            faults.add(name + " must be a date such as 2026-01-31T08:00:00Z");
            return Optional.empty();
        }
    }
}
