// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A company's records as they were written, and as queries and change data capture see them. Both are the same tables
 * until a lag is asked for. Guarded by its ledger.
 */
final class Tables {

    private record Key(Entity entity, String id) {}

    private record Pending(Key key, Instant due, Consumer<EntityTable> step) {}

    private final Clock clock;
    private final Map<Entity, EntityTable> written;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Map<Key, Instant> lastDue = new HashMap<>();
    private Map<Entity, EntityTable> seen;
    private Duration lag = Duration.ZERO;

    Tables(Clock clock) {
        this.clock = clock;
        this.written = Entity.all().stream().collect(Collectors.toMap(entity -> entity, entity -> new EntityTable()));
        this.seen = written;
    }

    /** From the next change on. A change may be seen before an older one of another record, never of its own. */
    void lag(Duration other) {
        lag = other;
        settle();
        if (seen == written && !lag.isZero()) {
            seen = written.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().copy()));
        }
    }

    EntityTable written(Entity entity) {
        return written.get(entity);
    }

    EntityTable seen(Entity entity) {
        settle();
        return seen.get(entity);
    }

    void put(Entity entity, Row row) {
        apply(new Key(entity, row.id()), table -> table.put(row));
    }

    void remove(Entity entity, Stub stub) {
        apply(new Key(entity, stub.id()), table -> table.remove(stub));
    }

    private void apply(Key key, Consumer<EntityTable> step) {
        step.accept(written.get(key.entity()));
        if (seen != written) {
            var due = lastDue.merge(key, clock.instant().plus(lag), (left, right) -> left.isAfter(right) ? left : right);
            pending.addLast(new Pending(key, due, step));
        }
    }

    private void settle() {
        var now = clock.instant();
        for (var each = pending.iterator(); each.hasNext(); ) {
            var next = each.next();
            if (!next.due().isAfter(now)) {
                next.step().accept(seen.get(next.key().entity()));
                each.remove();
            }
        }
        if (pending.isEmpty()) {
            lastDue.clear();
            seen = lag.isZero() ? written : seen;
        }
    }
}
