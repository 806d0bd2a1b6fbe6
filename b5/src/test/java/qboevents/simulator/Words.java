// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The words of a query, read one after the other. */
final class Words {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:('(?:[^'\\\\]|\\\\.)*')|(<=|>=|[=<>(),*])|([\\w.+-]+))");

    private final List<String> tokens = new ArrayList<>();
    private int next;

    Words(String statement) {
        var text = statement.strip();
        var matcher = TOKEN.matcher(text);
        while (matcher.regionStart() < text.length() && matcher.lookingAt()) {
            tokens.add(matcher.group().strip());
            matcher.region(matcher.end(), text.length());
        }
        if (matcher.regionStart() < text.length()) {
            throw QueryException.syntax(text.substring(matcher.regionStart()));
        }
    }

    boolean atEnd() {
        return next == tokens.size();
    }

    String take() {
        if (atEnd()) {
            throw QueryException.syntax("<EOF>");
        }
        return tokens.get(next++);
    }

    /** Takes these words if they are next, all or none. */
    boolean skip(String... words) {
        for (var i = 0; i < words.length; i++) {
            if (next + i >= tokens.size() || !tokens.get(next + i).equalsIgnoreCase(words[i])) {
                return false;
            }
        }
        next += words.length;
        return true;
    }

    void expect(String... words) {
        if (!skip(words)) {
            throw QueryException.syntax(take());
        }
    }
}
