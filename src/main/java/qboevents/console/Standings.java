// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How instances are, in one word each and a few numbers. */
@Component
class Standings {

    private final Calls calls;

    Standings(Calls calls) {
        this.calls = calls;
    }

    /** @param instances as the API lists them */
    List<Map<String, Object>> of(List<Map<String, Object>> instances) {
        var owed = new HashMap<Long, Map<String, Object>>();
        Calls.maps(calls.one("read-numbers", Map.of()).get("instances")).forEach(each -> owed.put(id(each, "instanceId"), each));
        var companies = companies();
        return instances.stream()
                .map(each -> of(each, owed.getOrDefault(id(each, "id"), Map.of()), companies.get(id(each, "id"))))
                .toList();
    }

    private Map<Long, Object> companies() {
        var companies = new HashMap<Long, Object>();
        Calls.maps(calls.one("read-calls", Map.of()).get("companies")).forEach(each -> {
            if (each.get("instances") instanceof List<?> ids) {
                ids.forEach(id -> companies.put(((Number) id).longValue(), each.get("calls")));
            }
        });
        return companies;
    }

    private Map<String, Object> of(Map<String, Object> instance, Map<String, Object> owed, @Nullable Object monthly) {
        var records = calls.list("poller-records", Map.of("id", instance.get("id")), "");
        var standing = new LinkedHashMap<>(instance);
        standing.put("calls", monthly == null ? 0 : monthly);
        standing.put("resources", records.size());
        standing.put("lastPoll", times(records, "lastPoll").max(Comparator.naturalOrder()).orElse(null));
        boolean polled = !Boolean.TRUE.equals(instance.get("disabled"));
        standing.put("nextPoll", polled ? times(records, "nextPoll").min(Comparator.naturalOrder()).orElse(null) : null);
        var failing = records.stream().filter(each -> OverviewPage.number(each, "failuresInARow") > 0).toList();
        standing.put("failing", failing.size());
        standing.put("lastError", failing.stream().map(each -> each.get("lastError")).filter(Objects::nonNull).findFirst().orElse(null));
        standing.put("paused", records.stream().filter(each -> Boolean.TRUE.equals(each.get("paused"))).count());
        List.of("due", "retry", "held", "dead", "oldestAge").forEach(name -> standing.put(name, owed.getOrDefault(name, 0)));
        standing.put("state", state(standing));
        return standing;
    }

    private static Stream<String> times(List<Map<String, Object>> records, String name) {
        return records.stream().map(each -> each.get(name)).filter(Objects::nonNull).map(String::valueOf);
    }

    /** What comes first is what has to be mended first. */
    private static String state(Map<String, Object> standing) {
        if (Boolean.TRUE.equals(standing.get("disabled"))) {
            return "disabled";
        }
        if (Boolean.FALSE.equals(standing.get("valid"))) {
            return "reconnect";
        }
        if (standing.containsKey("subscription")) {
            return "holding";
        }
        if (!Boolean.TRUE.equals(standing.get("eventsEnabled"))) {
            return "events off";
        }
        return OverviewPage.number(standing, "failing") > 0 ? "failing" : "active";
    }

    private static long id(Map<String, Object> of, String name) {
        return ((Number) of.get(name)).longValue();
    }
}
