// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

/** A query, or a call for changes, that QuickBooks refuses: 4000 when it cannot be read, 4001 when it cannot be meant. */
final class QueryException extends RuntimeException {

    private final String code;
    private final String message;

    private QueryException(String code, String message, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.message = message;
    }

    static QueryException syntax(String near) {
        return new QueryException("4000", "Error parsing query", "QueryParserError: Encountered \" " + near + " \"");
    }

    static QueryException invalid(String what) {
        return new QueryException("4001", "Invalid query", "QueryValidationError: " + what);
    }

    static QueryException missing(String parameter) {
        return new QueryException("2020", "Required param missing, need to supply the required value for the API",
                "Required parameter " + parameter + " is missing in the request");
    }

    static QueryException unsupported(String operation) {
        return new QueryException("500", "Unsupported Operation", "Operation " + operation + " is not supported.");
    }

    Problem problem() {
        return Problem.service(400, code, message, getMessage(), "ValidationFault");
    }
}
