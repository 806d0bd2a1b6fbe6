// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code entities=Invoice,Customer&changedSince=2026-10-01T10:00:00-07:00}, found valid. */
record CdcRequest(List<Entity> entities, Instant since) {

    /** Further back, QuickBooks does not look. */
    static final Duration LOOK_BACK = Duration.ofDays(30);

    private static final Set<String> EXCLUDED =
            Set.of("journalcode", "taxagency", "timeactivity", "taxcode", "taxrate");

    static CdcRequest of(Map<String, String> query, Instant now) {
        var names = names(query);
        if (names.isEmpty()) {
            throw QueryException.missing("entities");
        }
        var since = Optional.ofNullable(query.get("changedSince")).filter(text -> !text.isBlank())
                .orElseThrow(() -> QueryException.missing("changedSince"));
        return new CdcRequest(names.stream().map(CdcRequest::entity).distinct().toList(), since(since, now));
    }

    static List<String> names(Map<String, String> query) {
        return Arrays.stream(query.getOrDefault("entities", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static Entity entity(String name) {
        if (EXCLUDED.contains(name.toLowerCase(Locale.ROOT))) {
            throw QueryException.unsupported("cdc for entity " + name);
        }
        return Entity.named(name).orElseThrow(() -> QueryException.invalid("invalid context declaration: " + name));
    }

    private static Instant since(String text, Instant now) {
        var since = PacificTime.parse(text)
                .orElseThrow(() -> QueryException.invalid("invalid value " + text + " for changedSince"));
        if (since.isBefore(now.minus(LOOK_BACK))) {
            throw QueryException.unsupported("cdc with changedSince date " + text + " which is older than fixed days");
        }
        return since;
    }
}
