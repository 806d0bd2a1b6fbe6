// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.instance.Instance;
import qboevents.instance.Instances;
import qboevents.resource.Resource;
import qboevents.resource.ResourceRoutes;
import qboevents.resource.Resources;

/** How far each resource of an instance has been read, and what decides how and how often it is. */
@Component
class PollerRecords {

    private final Instances instances;
    private final Resources resources;
    private final ResourceRoutes routes;
    private final Paces paces;
    private final Clock clock;

    PollerRecords(Instances instances, Resources resources, ResourceRoutes routes, Paces paces, Clock clock) {
        this.instances = instances;
        this.resources = resources;
        this.routes = routes;
        this.paces = paces;
        this.clock = clock;
    }

    /** The rows of {@code sql/event-poller-records.sql} as they are answered. */
    List<Map<String, Object>> records(long instanceId, List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var instance = instances.get(instanceId);
        var together = rows.stream()
                .filter(row -> paces.together(instance, (String) row.get("resource")))
                .map(PollerRecords::changedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
        return rows.stream().map(row -> asRecord(instance, row, together.orElse(null))).toList();
    }

    private Map<String, Object> asRecord(Instance instance, Map<String, Object> row, @Nullable Instant togetherChanged) {
        var resource = (String) row.get("resource");
        boolean together = paces.together(instance, resource);
        var changedAt = together ? togetherChanged : changedAt(row);
        var quietSince = changedAt == null ? Objects.requireNonNull(PollClaims.time(row.get("created_at"))) : changedAt;
        var pace = paces.of(instance, resource, quietSince);
        var byQuery = together ? whileByQuery(row) : whyByQuery(instance, resource);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("resource", resource);
        answer.put("cursor", text(row.get("read_until") == null ? row.get("start_at") : row.get("read_until")));
        answer.put("lastPoll", text(row.get("last_poll_at")));
        answer.put("nextPoll", row.get("paused_at") == null ? text(row.get("due_at")) : null);
        answer.put("lastError", row.get("last_error"));
        answer.put("failuresInARow", row.get("failures"));
        answer.put("calls", row.get("calls"));
        answer.put("paused", row.get("paused_at") != null);
        answer.put("stopped", !routes.started(resource));
        answer.put("stoppedReason", whyStopped(resource));
        answer.put("strategy", byQuery == null ? "cdc" : "query");
        answer.put("strategyReason", byQuery == null
                ? "read in one change data capture call with the company's other resources" : byQuery);
        answer.put("refreshInterval", pace.interval().toMillis() / 60_000.0);
        answer.put("refreshIntervalReason", pace.because());
        answer.put("gap", gap(row));
        return answer;
    }

    /** Other nodes may poll what this one does not. */
    private @Nullable String whyStopped(String resource) {
        if (routes.started(resource)) {
            return null;
        }
        if (resources.named(resource).isEmpty()) {
            return "no route of the node that answers offers it; nodes whose routes do go on from its cursor";
        }
        return routes.meant(resource) ? "somebody has stopped its route" : "its route says autoStartup: false";
    }

    private String whyByQuery(Instance instance, String resource) {
        if (resources.named(resource).isEmpty()) {
            return "not known while no route offers it";
        }
        return resources.named(resource).filter(Resource::captured).isEmpty()
                ? "QuickBooks leaves it out of change data capture"
                : "event.poller.strategy is " + instance.events().strategy();
    }

    private @Nullable String whileByQuery(Map<String, Object> row) {
        var until = PollClaims.time(row.get("query_until"));
        if (until != null && until.isAfter(clock.instant())) {
            return "until " + until + ": " + row.get("query_because");
        }
        var since = PollClaims.time(row.get("read_until") == null ? row.get("start_at") : row.get("read_until"));
        boolean tooOld = since != null && Duration.between(since, clock.instant()).compareTo(CompanyClaims.LOOK_BACK) > 0;
        return tooOld ? "until it has caught up: change data capture looks back 30 days at most" : null;
    }

    /** Times of which change data capture could not tell all: queries told what was changed in them. */
    private static @Nullable Map<String, Object> gap(Map<String, Object> row) {
        if (row.get("gap_from") == null) {
            return null;
        }
        var gap = new LinkedHashMap<String, Object>();
        gap.put("from", text(row.get("gap_from")));
        gap.put("until", text(row.get("gap_until")));
        gap.put("reason", row.get("gap_because"));
        boolean compared = row.get("gap_compared_at") != null;
        gap.put("deletionsFound", text(row.get("gap_compared_at")));
        gap.put("deletions", Objects.requireNonNullElse(row.get(compared ? "gap_deletions" : "gap_found"), 0));
        gap.put("lastError", compared ? null : row.get("gap_error"));
        return gap;
    }

    private static @Nullable Instant changedAt(Map<String, Object> row) {
        return PollClaims.time(row.get("changed_at"));
    }

    private static @Nullable String text(@Nullable Object value) {
        var time = PollClaims.time(value);
        return time == null ? null : time.toString();
    }
}
