// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request that has reached QuickBooks.
 *
 * @param realmId empty where it cannot be known
 * @param entities those the request names and that exist; only change data capture names more than one
 * @param text the query's statement, the id that is read, {@code changedSince} as it was written, or the grant type
 */
public record Call(Kind kind, String realmId, List<String> entities, String text, Instant at) {

    Call(Kind kind, String realmId, String entity, String text, Instant at) {
        this(kind, realmId, entity.isEmpty() ? List.of() : List.of(entity), text, at);
    }

    public enum Kind {
        QUERY,
        READ,
        CDC,
        TOKEN,
        REVOKE
    }

    /** The only one or the first, empty where there is none. */
    public String entity() {
        return entities.isEmpty() ? "" : entities.get(0);
    }

    /** Of a call for changes, when it can be read. */
    public Optional<Instant> changedSince() {
        return kind == Kind.CDC ? PacificTime.parse(text) : Optional.empty();
    }

    boolean isApi() {
        return kind == Kind.QUERY || kind == Kind.READ || kind == Kind.CDC;
    }
}
