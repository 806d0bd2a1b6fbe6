// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Who asked what, whatever the answer was: counts of everything, and the last calls themselves. */
public final class Calls {

    private static final int REMEMBERED = 10_000;

    private record Key(Call.Kind kind, String realmId, List<String> entities) {}

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();
    private final Deque<Call> last = new ArrayDeque<>();

    void add(Call call) {
        counts.computeIfAbsent(new Key(call.kind(), call.realmId(), call.entities()), key -> new LongAdder()).increment();
        synchronized (last) {
            last.addLast(call);
            if (last.size() > REMEMBERED) {
                last.removeFirst();
            }
        }
    }

    public long count(Call.Kind kind) {
        return sum(key -> key.kind() == kind);
    }

    public long count(Call.Kind kind, String realmId) {
        return sum(key -> key.kind() == kind && key.realmId().equals(realmId));
    }

    /** Those that name this entity, alone or among others. */
    public long count(Call.Kind kind, String realmId, String entity) {
        return sum(key -> key.kind() == kind && key.realmId().equals(realmId) && key.entities().contains(entity));
    }

    /** Everything under {@code /v3/company}. */
    public long api() {
        return count(Call.Kind.QUERY) + count(Call.Kind.READ) + count(Call.Kind.CDC);
    }

    public long tokens() {
        return count(Call.Kind.TOKEN);
    }

    /** The last ten thousand, oldest first. */
    public List<Call> last() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }

    private long sum(Predicate<Key> wanted) {
        return counts.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }
}
