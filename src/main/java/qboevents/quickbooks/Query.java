// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Query statements, as the raw query string of a URL. */
@Component
class Query {

    private static final String ENTITY = "[A-Za-z]+";

    private final QuickBooksSettings settings;

    Query(QuickBooksSettings settings) {
        this.settings = settings;
    }

    /**
     * The next page of changes, oldest first.
     *
     * @param inactive whether the entity hides its inactive records unless they are asked for
     * @param since inclusive; null: from the beginning
     * @param position 1-based, within what {@code since} selects
     * @param size of a page; 0: as the service is set
     */
    String changes(String entity, boolean inactive, @Nullable Instant since, int position, int size, ZoneId zone) {
        var updated = since == null ? List.<Map.Entry<String, Instant>>of() : List.of(Map.entry(">=", since));
        return list(entity, inactive, updated, position, size, zone);
    }

    /**
     * A page of records, those changed longest ago first.
     *
     * @param updated operators and what they compare the last update with; all of them hold
     */
    String list(
            String entity, boolean inactive, List<Map.Entry<String, Instant>> updated, int position, int size, ZoneId zone) {
        var conditions = new ArrayList<String>();
        updated.forEach(each -> conditions.add(
                "MetaData.LastUpdatedTime " + operator(each.getKey()) + " '" + Times.write(each.getValue(), zone) + "'"));
        if (inactive) {
            conditions.add("Active IN (true, false)");
        }
        return encoded("SELECT * FROM " + checked(entity)
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDERBY MetaData.LastUpdatedTime ASC"
                + (position > 1 ? " STARTPOSITION " + position : "")
                + " MAXRESULTS " + settings.pageSize(size));
    }

    private static String operator(String text) {
        if (!text.matches("[<>]=?|=")) {
            throw new IllegalArgumentException("Not an operator: " + text);
        }
        return text;
    }

    /** So many records by their ids; those that are not there are not in the answer. */
    String records(String entity, boolean inactive, List<String> ids) {
        return encoded("SELECT * FROM " + checked(entity)
                + ids.stream().map(Query::literal).collect(Collectors.joining(",", " WHERE Id IN (", ")"))
                + (inactive ? " AND Active IN (true, false)" : "")
                + " MAXRESULTS " + ids.size());
    }

    /** How many records there are; answered without any of them. */
    String count(String entity, boolean inactive) {
        return encoded("SELECT count(*) FROM " + checked(entity) + (inactive ? " WHERE Active IN (true, false)" : ""));
    }

    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** One row or none: asked for the time in its answer. */
    String clock(String entity) {
        return encoded("SELECT * FROM " + checked(entity) + " MAXRESULTS 1");
    }

    /** Change data capture: everything of these entities that changed since then, in one answer of at most 1,000 objects. */
    String capture(List<String> entities, Instant since, ZoneId zone) {
        return "entities=" + entities.stream().map(Query::checked).collect(Collectors.joining(","))
                + "&changedSince=" + URLEncoder.encode(Times.write(since, zone), StandardCharsets.UTF_8)
                + "&minorversion=" + settings.minorVersion();
    }

    /** Where a company is asked. @param kind {@code cdc}, or anything else for {@code query} */
    String address(boolean sandbox, String realmId, @Nullable String kind) {
        return settings.host(sandbox).toString().replaceFirst("/+$", "") + "/v3/company/"
                + URLEncoder.encode(realmId, StandardCharsets.UTF_8) + ("cdc".equals(kind) ? "/cdc" : "/query");
    }

    private String encoded(String statement) {
        return "query=" + URLEncoder.encode(statement, StandardCharsets.UTF_8).replace("+", "%20")
                + "&minorversion=" + settings.minorVersion();
    }

    private static String checked(String entity) {
        if (!entity.matches(ENTITY)) {
            throw new IllegalArgumentException("Not a QuickBooks entity: " + entity);
        }
        return entity;
    }
}
