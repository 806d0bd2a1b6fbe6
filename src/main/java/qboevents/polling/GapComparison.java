// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import qboevents.budget.CallOrigin;
import qboevents.budget.Reason;
import qboevents.event.Change;
import qboevents.event.Changes;
import qboevents.instance.Instance;
import qboevents.resource.Resource;

/** A comparison of one resource's ids with those that QuickBooks has, from its claim to its end. Used by one thread. */
final class GapComparison implements CallOrigin {

    private static final int MOST_EVENTS = 10; // Open Connectors, for polled ones

    private final Instance instance;
    private final Resource kind;
    private final long number;
    private final Instant until;
    private final Instant begun;
    private final int failures;
    private final Set<String> shown = new HashSet<>();
    private GapStage stage;
    private String reached;
    private List<String> ids = List.of();
    private int calls;
    private boolean ended;

    /**
     * @param number names this comparison in every write, so that one which lost its lease writes nothing
     * @param until the end of the gap
     * @param failures in a row, before this
     */
    GapComparison(
            Instance instance,
            Resource kind,
            long number,
            Instant until,
            Instant begun,
            int failures,
            GapStage stage,
            String reached) {
        this.instance = instance;
        this.kind = kind;
        this.number = number;
        this.until = until;
        this.begun = begun;
        this.failures = failures;
        this.stage = stage;
        this.reached = reached;
    }

    // Routes read these as ${variable.claim.entity}.

    boolean unfinished() {
        return !ended;
    }

    boolean counts() {
        return stage == GapStage.COUNT;
    }

    boolean lists() {
        return stage == GapStage.LIST;
    }

    boolean asks() {
        return stage == GapStage.ASK;
    }

    String resource() {
        return kind.name();
    }

    String entity() {
        return kind.entity();
    }

    boolean inactive() {
        return kind.hidesInactive();
    }

    @Override
    public Instance instance() {
        return instance;
    }

    /** Why QuickBooks is called, for whoever counts its calls. */
    @Override
    public Reason reason() {
        return Reason.RECONCILIATION;
    }

    /** Records per query; 0: as the service is set. */
    int pageSize() {
        return instance.events().poller(resource()).pageSize();
    }

    int notificationSize() {
        var callback = instance.events().callback();
        return callback == null ? MOST_EVENTS : callback.notificationSize(MOST_EVENTS);
    }

    Duration createdTolerance() {
        return instance.events().poller(resource()).createdTolerance();
    }

    Instant polledAt() {
        return begun;
    }

    /** Of the next page of a list; a record that pages pass over is asked for by its id. */
    int position() {
        return Integer.parseInt(reached);
    }

    /** That the query at hand asks for. */
    List<String> ids() {
        return ids;
    }

    /** One more call went out. */
    GapComparison asked() {
        calls++;
        return this;
    }

    long number() {
        return number;
    }

    Instant until() {
        return until;
    }

    int failures() {
        return failures;
    }

    GapStage stage() {
        return stage;
    }

    String reached() {
        return reached;
    }

    int calls() {
        return calls;
    }

    void at(GapStage next, String position) {
        stage = next;
        reached = position;
    }

    void ask(List<String> next) {
        ids = next;
        shown.clear();
    }

    void shows(List<String> objects) {
        shown.addAll(objects);
    }

    /** Those of the query at hand that QuickBooks does not have. */
    List<String> missing() {
        return ids.stream().filter(each -> !shown.contains(each)).toList();
    }

    @Nullable Instant bothSince() {
        return instance.bothSince();
    }

    /** Deletions as others may tell them too. */
    Changes told(List<Change> deletions) {
        return new Changes(instance.id(), resource(), notificationSize(), begun, true, bothSince(), createdTolerance(), deletions);
    }

    /** The calls so far are written down. */
    void written() {
        calls = 0;
    }

    void end() {
        ended = true;
    }
}
