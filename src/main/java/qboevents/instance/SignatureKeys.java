// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What notifications are signed with: the key, and those that it has taken the place of, each for a day more.
 *
 * @param current none: not signed
 * @param former until when each is good, the newest first
 */
public record SignatureKeys(@Nullable String current, Map<String, Instant> former) {

    static final SignatureKeys NONE = new SignatureKeys(null, Map.of());

    private static final Duration OVERLAP = Duration.ofDays(1);
    private static final int MOST = 4; // each is one more signature in a header

    /** Those that are good then, the current one first; empty: not signed. */
    public List<String> at(Instant now) {
        if (current == null) {
            return List.of();
        }
        if (former.isEmpty()) {
            return List.of(current);
        }
        var good = new ArrayList<String>();
        good.add(current);
        former.forEach((key, until) -> {
            if (until.isAfter(now)) {
                good.add(key);
            }
        });
        return good;
    }

    /** Good or not any more: none of them is for anybody else's eyes. */
    public List<String> all() {
        var all = new ArrayList<>(former.keySet());
        if (current != null) {
            all.add(current);
        }
        return all;
    }

    /** Without a key there is nothing to change over to: all of them end at once. */
    SignatureKeys replacedBy(@Nullable String key, Instant now) {
        if (key == null || current == null) {
            return new SignatureKeys(key, Map.of());
        }
        var kept = new LinkedHashMap<String, Instant>();
        kept.put(current, now.plus(OVERLAP));
        if (key.equals(current)) {
            kept.clear();
        }
        former.entrySet().stream()
                .filter(each -> each.getValue().isAfter(now) && !each.getKey().equals(key))
                .limit(MOST - kept.size())
                .forEach(each -> kept.put(each.getKey(), each.getValue()));
        return new SignatureKeys(key, kept);
    }

    /** The former ones, as they are kept: {@code {"old key":"2026-11-21T08:00:00Z"}}. */
    String formerAsText() {
        var texts = new LinkedHashMap<String, String>();
        former.forEach((key, until) -> texts.put(key, until.toString()));
        return Json.text(texts);
    }

    /** @param former as it was kept; what a request says in its place is nothing to go by, and refused elsewhere */
    static SignatureKeys of(@Nullable String current, String former) {
        var all = new LinkedHashMap<String, Instant>();
        try {
            Json.object(former).orElse(Map.of()).forEach((key, until) -> all.put(key, Instant.parse(String.valueOf(until))));
        } catch (DateTimeException e) {
            all.clear();
        }
        return new SignatureKeys(current, all);
    }

    @Override
    public String toString() {
        return "SignatureKeys[current=" + (current != null) + ", former=" + former.size() + "]";
    }
}
