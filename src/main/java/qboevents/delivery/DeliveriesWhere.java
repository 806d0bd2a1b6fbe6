// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import qboevents.http.ApiException;
import qboevents.http.Conditions;
import qboevents.http.Conditions.Condition;
import qboevents.instance.Instance;
import qboevents.instance.Moments;

/** {@code where} of the deliveries: on channel, status, config.url, instanceId and createdDate. */
final class DeliveriesWhere {

    private static final String POSSIBLE = "where must be conditions joined with and, such as channel='webhook' and"
            + " status='queued' and config.url='https://…' and instanceId=1000 and createdDate>='2026-01-31T08:00:00Z';"
            + " statuses are created, retry, queued and delivered";
    private static final Instant BEGINNING = Instant.EPOCH;
    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    private final Set<String> statuses = new LinkedHashSet<>(List.of("created", "retry", "queued"));
    private final List<Condition> ofInstance = new ArrayList<>();
    private Instant from = BEGINNING;
    private Instant to = END;
    private final List<Moments.Span> except = new ArrayList<>();

    private DeliveriesWhere() {}

    static DeliveriesWhere read(String text) {
        var where = new DeliveriesWhere();
        var conditions = Conditions.read(text).orElseThrow(() -> new ApiException(400, POSSIBLE));
        var faults = new ArrayList<String>();
        for (var condition : conditions) {
            if (!where.takes(condition)) {
                faults.add(condition.name() + condition.operator() + "'" + condition.value() + "' is not possible");
            }
        }
        if (!faults.isEmpty()) {
            throw new ApiException(400, String.join("; ", faults) + ": " + POSSIBLE);
        }
        return where;
    }

    private boolean takes(Condition condition) {
        boolean equal = condition.operator().equals("=");
        return switch (condition.name()) {
            case "channel" -> equal && only(condition.value().equalsIgnoreCase("webhook"));
            case "status" -> equal && status(condition.value().toLowerCase(Locale.ROOT));
            case "config.url" -> equal && ofInstance.add(condition);
            case "instanceId" -> equal && condition.value().matches("\\d{1,18}") && ofInstance.add(condition);
            case "createdDate" -> date(condition);
            default -> false;
        };
    }

    private boolean only(boolean matches) {
        if (!matches) {
            statuses.clear(); // a channel in which nothing is ever sent
        }
        return true;
    }

    private boolean status(String word) {
        if (!Set.of("created", "retry", "queued", "delivered", "notified").contains(word)) {
            return false;
        }
        statuses.retainAll(Set.of(word)); // what is delivered is in the event log
        return true;
    }

    private boolean date(Condition condition) {
        try {
            var time = Moments.span(condition.value());
            switch (condition.operator()) {
                case ">=" -> from = later(from, time.from());
                case ">" -> from = later(from, time.to());
                case "<" -> to = earlier(to, time.from());
                case "<=" -> to = earlier(to, time.to());
                case "=" -> {
                    from = later(from, time.from());
                    to = earlier(to, time.to());
                }
                default -> except.add(time);
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** For a release, which concerns nothing else. */
    DeliveriesWhere queued() {
        if (!statuses.contains("queued")) {
            throw new ApiException(400, "Only what is queued can be released: where=channel='webhook' and status='queued'");
        }
        statuses.retainAll(Set.of("queued"));
        return this;
    }

    boolean matches(Instance instance) {
        return ofInstance.stream().allMatch(condition -> {
            var callback = instance.events().callback();
            return condition.name().equals("instanceId")
                    ? Long.parseLong(condition.value()) == instance.id()
                    : callback != null && callback.url() != null && callback.url().toString().equals(condition.value());
        });
    }

    /** Of the rows of an instance that gets what it is owed. */
    List<String> statuses() {
        var rows = new ArrayList<>(List.of("none"));
        if (statuses.contains("created")) {
            rows.add("due");
        }
        if (statuses.contains("retry")) {
            rows.addAll(List.of("retry", "again", "repeat", "replay"));
        }
        if (statuses.contains("queued")) {
            rows.add("queued");
        }
        return rows;
    }

    /** Of the rows of an instance for which everything is kept. */
    List<String> heldStatuses() {
        return statuses.contains("queued") ? List.of("due", "retry", "again", "repeat", "replay", "queued") : List.of("none");
    }

    Instant from() {
        return from;
    }

    Instant to() {
        return to;
    }

    /** Between the two, but not these. */
    List<Moments.Span> except() {
        return except;
    }
}
