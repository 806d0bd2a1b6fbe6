// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import static qboevents.database.SqlTime.utc;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import qboevents.http.ApiException;
import qboevents.http.Conditions;
import qboevents.http.Conditions.Condition;
import qboevents.instance.Moments;

/** {@code where} of the event log: its conditions in SQL. What a caller wrote becomes a parameter, never a part of it. */
record EventsWhere(List<String> conditions, Map<String, Object> parameters) {

    private static final String POSSIBLE = "where must be conditions joined with and, such as status='queued' and"
            + " resource='invoices' and eventDate>='2026-01-31T08:00:00Z' and objectId='42' and eventType='UPDATED';"
            + " statuses are NEW, DISPATCHED, QUEUED and NOTIFIED";

    /** @param delivers whether the instance gets what it is owed */
    static EventsWhere read(String text, boolean delivers) {
        var where = new EventsWhere(new ArrayList<>(), new HashMap<>());
        var faults = new ArrayList<String>();
        for (var condition : Conditions.read(text).orElseThrow(() -> new ApiException(400, POSSIBLE))) {
            var sql = where.sql(condition, delivers);
            sql.ifPresentOrElse(where.conditions::add, () -> faults.add(
                    condition.name() + condition.operator() + "'" + condition.value() + "' is not possible"));
        }
        if (!faults.isEmpty()) {
            throw new ApiException(400, String.join("; ", faults) + ": " + POSSIBLE);
        }
        return where;
    }

    private Optional<String> sql(Condition condition, boolean delivers) {
        return switch (condition.name().toLowerCase(Locale.ROOT)) {
            case "status" -> EventStatus.named(condition.value())
                    .flatMap(status -> equal(condition, status.condition(delivers)));
            case "resource", "objecttype" -> equal(condition, "e.resource = " + parameter(condition.value()));
            case "objectid" -> equal(condition, "e.object_id = " + parameter(condition.value().split("\\|", 2)[0]));
            case "eventtype" -> equal(condition, "e.event_type = " + parameter(condition.value().toUpperCase(Locale.ROOT)));
            case "date", "eventdate", "createddate" -> date(condition);
            default -> Optional.empty();
        };
    }

    private static Optional<String> equal(Condition condition, String sql) {
        return switch (condition.operator()) {
            case "=" -> Optional.of(sql);
            case "!=" -> Optional.of("not (" + sql + ")");
            default -> Optional.empty();
        };
    }

    private Optional<String> date(Condition condition) {
        try {
            var time = Moments.span(condition.value());
            return Optional.of(switch (condition.operator()) {
                case ">=" -> "e.recorded_at >= " + parameter(utc(time.from()));
                case ">" -> "e.recorded_at >= " + parameter(utc(time.to()));
                case "<" -> "e.recorded_at < " + parameter(utc(time.from()));
                case "<=" -> "e.recorded_at < " + parameter(utc(time.to()));
                case "=" -> within(time);
                default -> "not (" + within(time) + ")";
            });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private String within(Moments.Span time) {
        return "e.recorded_at >= " + parameter(utc(time.from())) + " and e.recorded_at < " + parameter(utc(time.to()));
    }

    private String parameter(Object value) {
        var name = "where" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }

    /** To be joined with {@code and}. */
    String sql() {
        return conditions.isEmpty() ? "" : " and " + String.join(" and ", conditions);
    }
}
