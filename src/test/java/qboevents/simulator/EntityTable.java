// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The records of one entity, found by id and by the time of their last change. Guarded by its ledger. */
final class EntityTable {

    private final TreeMap<String, Row> byId = new TreeMap<>(Row.BY_ID);
    private final TreeSet<Row> byUpdate = new TreeSet<>(Row.BY_UPDATE);
    private final List<Stub> deleted = new ArrayList<>();

    EntityTable copy() {
        var copy = new EntityTable();
        copy.byId.putAll(byId);
        copy.byUpdate.addAll(byUpdate);
        copy.deleted.addAll(deleted);
        return copy;
    }

    void put(Row row) {
        drop(row.id());
        byId.put(row.id(), row);
        byUpdate.add(row);
    }

    void remove(Stub stub) {
        drop(stub.id());
        deleted.add(stub);
    }

    /** At that moment or later, each record once, the youngest id first and the deleted ones at the end. */
    List<Shown> changedSince(Instant moment) {
        var changed = byUpdate.tailSet(Row.before(moment), true).stream()
                .sorted((left, right) -> Row.BY_ID.compare(right.id(), left.id()));
        return Stream.<Shown>concat(changed, deleted.stream().filter(stub -> !stub.updated().isBefore(moment))).toList();
    }

    Optional<Row> get(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    int size() {
        return byId.size();
    }

    List<Row> page(Query query) {
        return found(query).skip(query.start() - 1L).limit(query.max()).toList();
    }

    long count(Query query) {
        return candidates(query).filter(query::matches).count();
    }

    private void drop(String id) {
        Optional.ofNullable(byId.remove(id)).ifPresent(byUpdate::remove);
    }

    private Stream<Row> found(Query query) {
        var rows = candidates(query).filter(query::matches);
        if (isInOrder(query)) {
            return rows;
        }
        return rows.sorted(query.order().orElse((left, right) -> Row.BY_ID.compare(right.id(), left.id())));
    }

    /** A million rows must not be sorted for one page: the order by update is the index's own. */
    private Stream<Row> candidates(Query query) {
        if (query.ids().isPresent()) {
            return query.ids().get().values().stream().distinct().map(byId::get).filter(Objects::nonNull);
        }
        if (query.isByUpdateTime()) {
            return (query.orders().get(0).descending() ? range(query).descendingSet() : range(query)).stream();
        }
        return isWithoutRange(query) ? byId.descendingMap().values().stream() : range(query).stream();
    }

    private static boolean isInOrder(Query query) {
        return query.ids().isEmpty()
                && (query.isByUpdateTime() || (query.orders().isEmpty() && isWithoutRange(query)));
    }

    private static boolean isWithoutRange(Query query) {
        return query.from().isEmpty() && query.until().isEmpty();
    }

    private NavigableSet<Row> range(Query query) {
        var first = query.from().orElse(Instant.MIN);
        var last = query.until().map(until -> until.plusSeconds(1)).orElse(Instant.MAX);
        return first.isAfter(last)
                ? Collections.emptyNavigableSet()
                : byUpdate.subSet(Row.before(first), true, Row.before(last), false);
    }
}
