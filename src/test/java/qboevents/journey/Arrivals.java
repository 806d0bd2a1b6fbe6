// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import qboevents.simulator.Received;
import qboevents.simulator.Reply;

/**
 * What a receiver has seen, and what of it it has taken: it refuses now and then, sometimes everything for a while, and what it
 * refused does not count as arrived. A state is {@code invoices 12|3}, or what the company's kind makes of it.
 */
final class Arrivals {

    private static final Duration A_WHILE = Duration.ofMillis(300);
    private static final Duration OUTAGE = Duration.ofSeconds(2);

    private final Random moods;
    private final Function<Received, List<String>> states;
    private final Map<String, Set<String>> eventIds = new HashMap<>();
    private final Set<String> taken = new LinkedHashSet<>();
    private Instant down = Instant.MIN;
    private int requests;
    private boolean calm;

    /** @param states what a notification tells of */
    Arrivals(long seed, Function<Received, List<String>> states) {
        this.moods = new Random(seed);
        this.states = states;
    }

    /** For {@link qboevents.simulator.CallbackReceiver#answer}. */
    Reply answer(Received received) {
        return answer(states.apply(received), received.header("Elements-Webhook-Id").orElse("none"));
    }

    private synchronized Reply answer(List<String> told, String eventId) {
        requests++;
        told.forEach(state -> eventIds.computeIfAbsent(state, each -> new TreeSet<>()).add(eventId));
        var mood = calm ? 1000 : moods.nextInt(1000);
        if (mood < 2) {
            down = Instant.now().plus(OUTAGE);
        }
        if (!calm && Instant.now().isBefore(down)) {
            return Reply.status(503);
        }
        if (mood < 80) {
            return mood < 60 ? Reply.status(500) : Reply.cut().after(A_WHILE);
        }
        taken.addAll(told);
        return mood < 120 ? Reply.ok().after(A_WHILE) : Reply.ok();
    }

    /** From now on everything is taken at once. */
    synchronized void calmDown() {
        calm = true;
    }

    /** In the order in which each was taken first. */
    synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    synchronized int countTaken() {
        return taken.size();
    }

    synchronized List<String> seen() {
        return List.copyOf(eventIds.keySet());
    }

    record Named(String state, Set<String> eventIds) {}

    synchronized List<Named> underTwoEventIds() {
        return eventIds.entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(each -> new Named(each.getKey(), Set.copyOf(each.getValue())))
                .toList();
    }

    synchronized int requests() {
        return requests;
    }
}
