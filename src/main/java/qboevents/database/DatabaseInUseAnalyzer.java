// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A second service on one H2 file, or a command beside the service. */
class DatabaseInUseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final int H2_ALREADY_OPEN = 90020;

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, SQLException cause) {
        return cause.getErrorCode() == H2_ALREADY_OPEN
                ? new FailureAnalysis("The database is in use by another process.",
                        "Stop it first: an H2 file belongs to one process. On PostgreSQL several run beside each other.", cause)
                : null;
    }
}
