// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
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
     */
    String changes(String entity, boolean inactive, @Nullable Instant since, int position, ZoneId zone) {
        var text = new StringBuilder("SELECT * FROM ").append(checked(entity));
        var joint = " WHERE ";
        if (since != null) {
            text.append(joint).append("MetaData.LastUpdatedTime >= '").append(Times.write(since, zone)).append('\'');
            joint = " AND ";
        }
        if (inactive) {
            text.append(joint).append("Active IN (true, false)");
        }
        text.append(" ORDERBY MetaData.LastUpdatedTime ASC");
        if (position > 1) {
            text.append(" STARTPOSITION ").append(position);
        }
        return encoded(text.append(" MAXRESULTS ").append(settings.pageSize()).toString());
    }

    /** So many records by their ids; those that are not there are not in the answer. */
    String records(String entity, boolean inactive, List<String> ids) {
        return encoded("SELECT * FROM " + checked(entity)
                + ids.stream().map(Query::literal).collect(Collectors.joining(",", " WHERE Id IN (", ")"))
                + (inactive ? " AND Active IN (true, false)" : "")
                + " MAXRESULTS " + ids.size());
    }

    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** One row or none: asked for the time in its answer. */
    String clock(String entity) {
        return encoded("SELECT * FROM " + checked(entity) + " MAXRESULTS 1");
    }

    /** Where a company is asked. */
    String address(boolean sandbox, String realmId) {
        return settings.host(sandbox).toString().replaceFirst("/+$", "") + "/v3/company/"
                + URLEncoder.encode(realmId, StandardCharsets.UTF_8) + "/query";
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
