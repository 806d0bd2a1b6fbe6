// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Instant;

/**
 * A request that has reached QuickBooks.
 *
 * @param realmId empty where it cannot be known
 * @param entity empty where the request names none, or none that exists
 * @param text the query's statement, the id that is read, or the grant type
 */
public record Call(Kind kind, String realmId, String entity, String text, Instant at) {

    public enum Kind {
        QUERY,
        READ,
        TOKEN,
        REVOKE
    }

    boolean isApi() {
        return kind == Kind.QUERY || kind == Kind.READ;
    }
}
