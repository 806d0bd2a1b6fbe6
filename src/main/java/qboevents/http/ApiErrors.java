// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/** Turns what a route failed with into what its caller is told. */
@Component
public class ApiErrors {

    static final String DATABASE_AWAY = "The database cannot be used at the moment; try again";

    private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

    /** @param requestId as it was given to the request; the log names it with every failure of ours */
    public Failure of(Throwable cause, @Nullable String requestId) {
        var id = String.valueOf(requestId);
        if (CutBody.caused(cause)) {
            return failure(400, id, CutBody.MESSAGE, null);
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof ApiException known) {
                return failure(known.status(), id, known.getMessage(), known.providerMessage().orElse(null));
            }
            if (each instanceof StreamConstraintsException) {
                return failure(400, id, "The body is nested too deep, or holds a text or a number that is too long", null);
            }
            if (each instanceof StreamReadException || each instanceof MismatchedInputException) {
                return notJson(requestId);
            }
            if (each instanceof JacksonException) {
                break; // an answer of ours that cannot be written
            }
            if (databaseAway(each)) {
                log.error("Request {} found the database unavailable", id, cause);
                return failure(503, id, DATABASE_AWAY, null);
            }
            if (each instanceof IOException) {
                log.warn("Request {} had no answer from QuickBooks: {}", id, each.toString());
                return failure(502, id, "QuickBooks gave no answer; try again, and if a code is refused then, let the"
                        + " user authorize again", null);
            }
        }
        log.error("Request {} failed", id, cause);
        return failure(500, id, "The service failed; its log says more under the request id", null);
    }

    /** What it is caused by may be an I/O failure, but not one of QuickBooks'. */
    public static boolean databaseAway(Throwable failure) {
        return failure instanceof TransientDataAccessException || failure instanceof DataAccessResourceFailureException
                || failure instanceof CannotCreateTransactionException;
    }

    public Failure notJson(@Nullable String requestId) {
        return failure(400, String.valueOf(requestId),
                "The body is not a JSON object; send one with Content-Type: application/json", null);
    }

    private static Failure failure(int status, String id, String message, @Nullable String providerMessage) {
        return new Failure(status, new ApiError(id, message, providerMessage));
    }

    public record Failure(int status, ApiError body) {}
}
