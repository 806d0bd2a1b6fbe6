// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import qboevents.simulator.Change;
import qboevents.simulator.Ledger;
import qboevents.simulator.ReceivedEvent;

/** What a receiver should have been told of a company since it was connected, compared with what it was told. */
public final class Truth {

    private static final Map<String, String> RESOURCES = BusyBooks.ENTITIES.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private final List<Change> changes;
    private final Map<String, Change> latest = new LinkedHashMap<>();
    private final Map<String, Change> deleted = new LinkedHashMap<>();

    /** @param before changes that were made before the company was connected, of which nothing is told */
    public Truth(Ledger books, int before) {
        var all = books.changes();
        changes = all.subList(before, all.size());
        var living = books.latest().stream().map(Truth::state).collect(Collectors.toSet());
        for (var change : changes) {
            latest.put(object(change), change);
            change.deletedId().ifPresent(loser -> deleted.put(resource(change) + " " + loser, change));
            if (change.kind() == Change.Kind.DELETED) {
                deleted.put(object(change), change);
            }
        }
        latest.values().removeIf(change -> !living.contains(state(change)));
        deleted.keySet().removeAll(latest.keySet()); // of a merge the loser may be left, inactive
    }

    public int changes() {
        return changes.size();
    }

    public int living() {
        return latest.size();
    }

    public int deletions() {
        return deleted.size();
    }

    public int countDeletions(Predicate<Change> shown) {
        return (int) deleted.values().stream().filter(shown).count();
    }

    /** Last states that were not told. */
    public List<String> lost(List<ReceivedEvent> told) {
        var words = told.stream().map(Truth::word).collect(Collectors.toSet());
        return latest.values().stream().filter(change -> !words.contains(state(change))).map(Truth::described).toList();
    }

    /** Deletions that were not told, of those that have to be. */
    public List<String> undeleted(List<ReceivedEvent> told, Predicate<Change> shown) {
        var words = told.stream().filter(Truth::isDeletion).map(each -> each.objectType() + " " + each.id()).collect(Collectors.toSet());
        var missing = new ArrayList<String>();
        deleted.forEach((object, change) -> {
            if (shown.test(change) && !words.contains(object)) {
                missing.add(object + ": " + described(change));
            }
        });
        return missing;
    }

    /** States and deletions that were told again. What a webhook told without a SyncToken, of what is gone, is no state. */
    public static List<String> repeated(List<ReceivedEvent> told) {
        Set<String> seen = new HashSet<>();
        return told.stream()
                .filter(each -> isDeletion(each) || syncToken(each) >= 0)
                .map(each -> isDeletion(each) ? each.objectType() + " " + each.id() + " DELETED" : word(each))
                .filter(each -> !seen.add(each))
                .toList();
    }

    /** States that were told after a newer one of the same object. */
    public static List<String> outOfOrder(List<ReceivedEvent> told) {
        var newest = new HashMap<String, Integer>();
        var late = new ArrayList<String>();
        for (var each : told) {
            var object = each.objectType() + " " + each.id();
            int version = isDeletion(each) ? Integer.MAX_VALUE : syncToken(each);
            var known = newest.merge(object, version, Math::max);
            if (version >= 0 && known > version) {
                late.add(word(each) + " after " + known);
            }
        }
        return late;
    }

    /** What was told and never was so. */
    public List<String> invented(List<ReceivedEvent> told) {
        var states = changes.stream().map(Truth::state).collect(Collectors.toSet());
        var objects = changes.stream().map(Truth::object).collect(Collectors.toSet());
        return told.stream()
                .filter(each -> isDeletion(each) ? !deleted.containsKey(each.objectType() + " " + each.id())
                        : syncToken(each) >= 0 ? !states.contains(word(each)) : !objects.contains(word(each)))
                .map(each -> word(each) + " " + each.eventType())
                .toList();
    }

    /** A webhook alone tells no SyncToken. */
    private static int syncToken(ReceivedEvent event) {
        var parts = event.objectId().split("\\|");
        return parts.length == 2 ? Integer.parseInt(parts[1]) : -1;
    }

    private static boolean isDeletion(ReceivedEvent event) {
        return event.eventType().equalsIgnoreCase("deleted");
    }

    private static String word(ReceivedEvent event) {
        return event.objectType() + " " + event.objectId();
    }

    private static String state(Change change) {
        return object(change) + "|" + change.syncToken();
    }

    private static String object(Change change) {
        return resource(change) + " " + change.id();
    }

    private static String resource(Change change) {
        return RESOURCES.get(change.entity());
    }

    private static String described(Change change) {
        return state(change) + " " + change.kind() + " at " + change.lastUpdated();
    }
}
