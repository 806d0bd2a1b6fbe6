// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** PostgreSQL cannot be reached, does not take the user, or has no such database. */
class DatabaseAwayAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    /** Of connections; of authorizations; no such database. SQL standard and PostgreSQL. */
    private static final String STATES = "08...|28...|3D000";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, SQLException cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SQLException said && String.valueOf(said.getSQLState()).matches(STATES)) {
                return new FailureAnalysis("The database cannot be used: " + said.getMessage(),
                        "See spring.datasource.url, spring.datasource.username and spring.datasource.password, and that it is up.", cause);
            }
        }
        return null;
    }
}
