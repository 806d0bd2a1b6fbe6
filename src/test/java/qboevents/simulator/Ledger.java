// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One company's books. Every write moves SyncToken and LastUpdatedTime and is remembered. */
public final class Ledger {

    private final Clock clock;
    private final Tables tables;
    private final Map<Entity, Integer> lastNumber = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private boolean keepingLosers;

    Ledger(Clock clock) {
        this.clock = clock;
        this.tables = new Tables(clock);
    }

    /**
     * Queries and change data capture see every change from now on only so much later than its LastUpdatedTime says; a
     * read by id and webhooks do not wait.
     */
    public synchronized Ledger lagging(Duration lag) {
        tables.lag(lag);
        return this;
    }

    /** What a merge leaves of the loser: an inactive record, or nothing (then change data capture says: deleted). */
    public synchronized Ledger keepingLosers(boolean inactive) {
        keepingLosers = inactive;
        return this;
    }

    public synchronized Change create(String entityName) {
        var entity = Entity.of(entityName);
        return keep(entity, born(entity, now()), Change.Kind.CREATED);
    }

    /** All of them in the same second, as long as the clock stands still. */
    public synchronized List<Change> create(String entityName, int number) {
        return IntStream.range(0, number).mapToObj(each -> create(entityName)).toList();
    }

    /** A record that becomes visible only now, with a time of change that lies back: QuickBooks gives no order. */
    public synchronized Change createLate(String entityName, Duration lag) {
        var entity = Entity.of(entityName);
        return keep(entity, born(entity, now().minus(lag).truncatedTo(ChronoUnit.SECONDS)), Change.Kind.CREATED);
    }

    /** Saved again without a change of any field but those that every write moves. */
    public synchronized Change update(String entityName, String id) {
        var entity = Entity.of(entityName);
        var row = row(entity, id);
        return keep(entity, row.changed(now(), row.active(), row.body()), Change.Kind.UPDATED);
    }

    public Change update(String entityName, String id, Consumer<ObjectNode> edit) {
        return rewrite(Entity.of(entityName), id, edit, Change.Kind.UPDATED);
    }

    /** Only lists can be made inactive; an account is renamed by it. */
    public Change deactivate(String entityName, String id) {
        var entity = Entity.of(entityName);
        require(entity.isList(), entityName + " cannot be made inactive");
        return rewrite(entity, id, Edits::deactivate, Change.Kind.DEACTIVATED);
    }

    public Change voidIt(String entityName, String id) {
        var entity = Entity.of(entityName);
        require(entity.isVoidable(), entityName + " cannot be voided");
        return rewrite(entity, id, Edits::voidIt, Change.Kind.VOIDED);
    }

    public Change email(String entityName, String id) {
        var entity = Entity.of(entityName);
        require(entity.isEmailable(), entityName + " cannot be emailed");
        return rewrite(entity, id, Edits::email, Change.Kind.EMAILED);
    }

    /** Two become one: webhooks tell of the loser only with the survivor. */
    public synchronized Change merge(String entityName, String survivorId, String loserId) {
        var entity = Entity.of(entityName);
        require(entity.isMergeable(), entityName + " cannot be merged");
        require(!survivorId.equals(loserId), entityName + " " + loserId + " cannot be merged with itself");
        var survivor = row(entity, survivorId);
        var loser = row(entity, loserId);
        var merged = survivor.changed(now(), survivor.active(), survivor.body());
        tables.put(entity, merged);
        var change = remember(new Change(entity.name(), survivorId, merged.syncToken(), merged.updated(),
                Change.Kind.MERGED, Optional.of(loserId)));
        lose(entity, loser);
        return change;
    }

    /** Nobody edits the invoice, and yet it changes. */
    public Change pay(String invoiceId) {
        return update("Invoice", invoiceId, invoice -> invoice.put("Balance", 0));
    }

    public synchronized Change delete(String entityName, String id) {
        var entity = Entity.of(entityName);
        require(!entity.isList(), entityName + " cannot be deleted, only made inactive");
        var row = row(entity, id);
        tables.remove(entity, new Stub(id, now()));
        return remember(new Change(entity.name(), id, row.syncToken(), now(), Change.Kind.DELETED));
    }

    /** Called with each change from now on, in the order of writing, while the books are held: it has to be quick. */
    public Ledger onChange(Consumer<Change> listener) {
        listeners.add(listener);
        return this;
    }

    /** Every state ever written, in the order of writing. */
    public synchronized List<Change> changes() {
        return List.copyOf(changes);
    }

    /** The last state of every record that still lives: what a reader that only polls has to have seen in the end. */
    public synchronized List<Change> latest() {
        var latest = new LinkedHashMap<String, Change>();
        for (var change : changes) {
            latest.put(change.entity() + " " + change.id(), change);
            change.deletedId().ifPresent(loser -> latest.remove(change.entity() + " " + loser));
        }
        return latest.values().stream().filter(change -> change.kind() != Change.Kind.DELETED).toList();
    }

    public synchronized int count(String entityName) {
        return tables.written(Entity.of(entityName)).size();
    }

    /** The record as QuickBooks would show it now. */
    public Optional<ObjectNode> read(String entityName, String id) {
        return find(Entity.of(entityName), id).map(Row::json);
    }

    synchronized Optional<Row> find(Entity entity, String id) {
        return tables.written(entity).get(id);
    }

    synchronized List<Row> page(Query query) {
        return tables.seen(query.entity()).page(query);
    }

    synchronized long count(Query query) {
        return tables.seen(query.entity()).count(query);
    }

    synchronized List<CdcGroup> changed(List<Entity> entities, Instant since) {
        return entities.stream().map(each -> new CdcGroup(each, tables.seen(each).changedSince(since))).toList();
    }

    private synchronized Change rewrite(Entity entity, String id, Consumer<ObjectNode> edit, Change.Kind kind) {
        var row = row(entity, id);
        var fields = row.fields();
        edit.accept(fields);
        return keep(entity, row.changed(now(), fields.path("Active").asBoolean(true), Body.of(fields)), kind);
    }

    private Row born(Entity entity, Instant at) {
        return new Row(entity.id(lastNumber.merge(entity, 1, Integer::sum)), 0, at, at, true, entity.template());
    }

    private Change keep(Entity entity, Row row, Change.Kind kind) {
        tables.put(entity, row);
        return remember(change(entity, row, kind));
    }

    private void lose(Entity entity, Row loser) {
        if (keepingLosers) {
            var fields = loser.fields();
            Edits.deactivate(fields);
            var hidden = loser.changed(now(), false, Body.of(fields));
            tables.put(entity, hidden);
            changes.add(change(entity, hidden, Change.Kind.DEACTIVATED));
        } else {
            tables.remove(entity, new Stub(loser.id(), now()));
        }
    }

    private static Change change(Entity entity, Row row, Change.Kind kind) {
        return new Change(entity.name(), row.id(), row.syncToken(), row.updated(), kind);
    }

    private Change remember(Change change) {
        changes.add(change);
        listeners.forEach(listener -> listener.accept(change));
        return change;
    }

    private Row row(Entity entity, String id) {
        return tables.written(entity).get(id)
                .orElseThrow(() -> new IllegalArgumentException("No " + entity.name() + " " + id));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static void require(boolean possible, String otherwise) {
        if (!possible) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
