// SPDX-License-Identifier: Apache-2.0
package qboevents.hub;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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

    private static final Pattern CONDITION =
            Pattern.compile("\\s*([\\w.]{1,60})\\s*(>=|<=|=|>|<)\\s*(?:'([^']{1,60})'|([^\\s']{1,60}))\\s*");
    private static final Pattern AND = Pattern.compile("and\\b", Pattern.CASE_INSENSITIVE);

    private Where() {}

    /** Empty when it is anything else. */
    static Optional<List<Map.Entry<String, Instant>>> read(String text, ZoneId zone) {
        var found = new ArrayList<Map.Entry<String, Instant>>();
        var condition = CONDITION.matcher(text);
        var and = AND.matcher(text);
        for (int at = 0; condition.region(at, text.length()).lookingAt(); at = and.end()) {
            var value = condition.group(3) == null ? condition.group(4) : condition.group(3);
            var time = time(value, zone);
            if (!DateFields.isUpdated(condition.group(1)) || time.isEmpty()) {
                return Optional.empty();
            }
            found.add(Map.entry(condition.group(2), time.get()));
            if (condition.end() == text.length()) {
                return Optional.of(found);
            }
            if (!and.region(condition.end(), text.length()).lookingAt()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
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
