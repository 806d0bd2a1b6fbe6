// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import qboevents.simulator.Received;
import qboevents.simulator.Reply;

/**
 * What a receiver has seen, and what of it it has taken: it refuses now and then, and what it refused does not count as
 * arrived. A state is {@code invoices 12|3}.
 */
final class Arrivals {

    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final Random moods;
    private final Map<String, Set<String>> eventIds = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> newest = new HashMap<>();
    private int overtaken;
    private int requests;
    private boolean calm;

    Arrivals(long seed) {
        moods = new Random(seed);
    }

    /** For {@link qboevents.simulator.CallbackReceiver#answer}. */
    synchronized Reply answer(Received received) {
        requests++;
        var events = received.events();
        events.forEach(each -> eventIds
                .computeIfAbsent(state(each.objectType(), each.objectId()), state -> new TreeSet<>())
                .add(each.eventId()));
        var mood = calm ? 100 : moods.nextInt(100);
        if (mood < 8) {
            return mood < 6 ? Reply.status(500) : Reply.cut().after(A_WHILE);
        }
        events.forEach(each -> take(each.objectType(), each.objectId()));
        return mood < 12 ? Reply.ok().after(A_WHILE) : Reply.ok();
    }

    static String state(String objectType, String objectId) {
        return objectType + " " + objectId;
    }

    /** From now on everything is taken at once. */
    synchronized void calmDown() {
        calm = true;
    }

    synchronized boolean hasTaken(String state) {
        return taken.contains(state);
    }

    synchronized List<String> seen() {
        return List.copyOf(eventIds.keySet());
    }

    synchronized List<String> underTwoEventIds() {
        return eventIds.entrySet().stream().filter(each -> each.getValue().size() > 1).map(Object::toString).toList();
    }

    synchronized int requests() {
        return requests;
    }

    /** How many states were taken after a later state of the same object. */
    synchronized int overtaken() {
        return overtaken;
    }

    private void take(String objectType, String objectId) {
        if (taken.add(state(objectType, objectId))) {
            var parts = objectId.split("\\|");
            var version = Integer.parseInt(parts[1]);
            var newestNow = newest.merge(state(objectType, parts[0]), version, Math::max);
            overtaken += newestNow > version ? 1 : 0;
        }
    }
}
