// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

/** A query that QuickBooks refuses: 4000 when it cannot be read, 4001 when it cannot be meant. */
final class QueryException extends RuntimeException {

    private final String code;

    private QueryException(String code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    static QueryException syntax(String near) {
        return new QueryException("4000", "QueryParserError: Encountered \" " + near + " \"");
    }

    static QueryException invalid(String what) {
        return new QueryException("4001", "QueryValidationError: " + what);
    }

    Problem problem() {
        var message = code.equals("4000") ? "Error parsing query" : "Invalid query";
        return Problem.service(400, code, message, getMessage(), "ValidationFault");
    }
}
