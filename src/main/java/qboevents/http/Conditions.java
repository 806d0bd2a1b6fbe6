// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code where=} as Open Connectors has it: {@code status='queued' and createdDate>='2026-01-01'}. */
public final class Conditions {

    /** @param value as it was written, without its quotes */
    public record Condition(String name, String operator, String value) {}

    private static final int MOST = 20;
    private static final Pattern CONDITION =
            Pattern.compile("\\s*([\\w.]{1,60})\\s*(>=|<=|!=|<>|=|>|<)\\s*"
                    + "(?:'((?:[^']|''){0,1000})'|\"([^\"]{0,1000})\"|([^\\s'\"]{1,1000}))\\s*");
    private static final Pattern AND = Pattern.compile("and\\b", Pattern.CASE_INSENSITIVE);

    private Conditions() {}

    /** Nothing when it is anything else. */
    public static Optional<List<Condition>> read(String text) {
        var found = new ArrayList<Condition>();
        if (text.isBlank()) {
            return Optional.of(found);
        }
        var condition = CONDITION.matcher(text);
        var and = AND.matcher(text);
        for (int at = 0; found.size() < MOST && condition.region(at, text.length()).lookingAt(); at = and.end()) {
            found.add(new Condition(condition.group(1), condition.group(2).replace("<>", "!="), value(condition)));
            if (condition.end() == text.length()) {
                return Optional.of(found);
            }
            if (!and.region(condition.end(), text.length()).lookingAt()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String value(Matcher condition) {
        if (condition.group(3) != null) {
            return condition.group(3).replace("''", "'");
        }
        return condition.group(4) == null ? condition.group(5) : condition.group(4);
    }
}
