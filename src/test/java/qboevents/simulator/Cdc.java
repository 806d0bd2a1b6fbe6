// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** How change data capture answers, for every company: what the documentation leaves open can be switched. */
public final class Cdc {

    private final Map<Entity, CdcFault> faults = new ConcurrentHashMap<>();
    private volatile int cap = 1000;
    private volatile boolean perEntity;
    private volatile Cut cut = Cut.HARDEST;
    private volatile boolean exclusive;
    private volatile boolean totalOfEachGroup;
    private volatile boolean emptyGroups;

    /** The most objects of an answer, 1,000 at the start. */
    public Cdc cap(int objects) {
        cap = objects;
        return this;
    }

    /** The cap is each entity's own, instead of the answer's. */
    public Cdc capPerEntity(boolean own) {
        perEntity = own;
        return this;
    }

    /** {@link Cut#HARDEST} at the start. */
    public Cdc cutting(Cut other) {
        cut = other;
        return this;
    }

    /** What changed in the second of changedSince itself is not shown. */
    public Cdc exclusive(boolean without) {
        exclusive = without;
        return this;
    }

    /** Each group says its own totalCount; at the start only the last says one, that of all. */
    public Cdc totalOfEachGroup(boolean each) {
        totalOfEachGroup = each;
        return this;
    }

    /** An empty group for each entity that has not changed, instead of none. */
    public Cdc emptyGroups(boolean shown) {
        emptyGroups = shown;
        return this;
    }

    /** From now on this entity is not told, in an answer of 200. */
    public Cdc failing(String entity, CdcFault fault) {
        faults.put(Entity.of(entity), fault);
        return this;
    }

    /** No entity fails any more. */
    public Cdc clearFaults() {
        faults.clear();
        return this;
    }

    CdcAnswer answer(CdcRequest request, Ledger ledger) {
        var failing = Map.copyOf(faults);
        var told = request.entities().stream().filter(entity -> !failing.containsKey(entity)).toList();
        var since = exclusive ? request.since().plusSeconds(1) : request.since();
        var groups = limited(ledger.changed(told, since)).stream()
                .collect(Collectors.toMap(CdcGroup::entity, group -> group));
        var answer = new CdcAnswer(totalOfEachGroup);
        for (var entity : request.entities()) {
            if (failing.containsKey(entity)) {
                answer.add(entity, failing.get(entity));
            } else if (emptyGroups || !groups.get(entity).isEmpty()) {
                answer.add(groups.get(entity));
            }
        }
        return answer;
    }

    private List<CdcGroup> limited(List<CdcGroup> groups) {
        return perEntity
                ? groups.stream().flatMap(group -> cut.limit(List.of(group), cap).stream()).toList()
                : cut.limit(groups, cap);
    }
}
