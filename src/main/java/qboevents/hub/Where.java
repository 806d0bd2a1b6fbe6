// SPDX-License-Identifier: Apache-2.0
package qboevents.hub;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import qboevents.http.Conditions;
import qboevents.instance.DateFields;
import qboevents.instance.Moments;

/**
 * {@code where=lastModifiedDate>='2026-01-01T00:00:00Z' and lastModifiedDate<'2026-02-01'}. Nothing of the text itself goes
 * into a query: only operators and times that were read from it.
 */
final class Where {

    static final String POSSIBLE = "where must be conditions on the last update, joined with and, such as"
            + " lastModifiedDate>='2026-01-01T00:00:00Z' and lastModifiedDate<'2026-02-01T00:00:00Z'; the name may also be "
            + DateFields.UPDATED + ", the operators are >=, >, <=, <, =";

    private static final Set<String> OPERATORS = Set.of(">=", "<=", ">", "<", "=");

    private Where() {}

    /** Empty when it is anything else. */
    static Optional<List<Map.Entry<String, Instant>>> read(String text, ZoneId zone) {
        var found = new ArrayList<Map.Entry<String, Instant>>();
        for (var condition : Conditions.read(text).orElse(List.of())) {
            var time = time(condition.value(), zone);
            if (!DateFields.isUpdated(condition.name()) || !OPERATORS.contains(condition.operator()) || time.isEmpty()) {
                return Optional.empty();
            }
            found.add(Map.entry(condition.operator(), time.get()));
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /** A plus in a URL that nobody encoded arrives as a space. */
    private static Optional<Instant> time(String text, ZoneId zone) {
        try {
            return Optional.of(Moments.read(text.strip().replace(' ', '+'), zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
