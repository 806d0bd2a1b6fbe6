// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import qboevents.budget.CallOrigin;
import qboevents.budget.Reason;
import qboevents.instance.Instance;

/**
 * All of a company that is due and can be read by change data capture, from its claim to its end: groups of cursors, each
 * asked for in one call. A group whose answer does not tell all is split, and what cannot be read so is left to queries.
 * Used by one thread.
 */
final class CompanyPoll implements CallOrigin {

    private final Instance instance;
    private final long number;
    private final List<PollClaim> all;
    private final Deque<List<PollClaim>> groups = new ArrayDeque<>();
    private final List<PollClaim> byQuery = new ArrayList<>();
    private int refusals;
    private boolean answered;
    private boolean fresh;

    /**
     * @param number names this poll in every write, so that one which lost its lease writes nothing
     * @param together groups, each to be asked for in one call
     */
    CompanyPoll(Instance instance, long number, List<List<PollClaim>> together, List<PollClaim> byQuery) {
        this.instance = instance;
        this.number = number;
        this.all = Stream.concat(together.stream().flatMap(Collection::stream), byQuery.stream()).toList();
        this.byQuery.addAll(byQuery);
        groups.addAll(together);
    }

    // Routes read these as ${variable.claim.entities}.

    boolean unanchored() {
        return groups.stream().flatMap(Collection::stream).anyMatch(PollClaim::unanchored);
    }

    boolean unfinished() {
        return !groups.isEmpty();
    }

    @Override
    public Reason reason() {
        return unanchored() ? Reason.ANCHOR : Reason.POLL;
    }

    /** Of a query; 0: as the service is set. */
    int pageSize() {
        return 0;
    }

    /** One of the group at hand, another one after a failure: not every company has every entity. */
    String entity() {
        var group = atHand();
        return group.get(group.get(0).failures() % group.size()).entity();
    }

    List<String> entities() {
        return atHand().stream().map(PollClaim::entity).toList();
    }

    /** As far back as the one of the group that is behind most. */
    Instant since() {
        return atHand().stream()
                .map(PollClaim::capturedSince)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("A cursor without a beginning cannot be read by one call"));
    }

    /** One more call went out, for all of the group. */
    CompanyPoll asked() {
        atHand(PollClaim::asked);
        return this;
    }

    long number() {
        return number;
    }

    @Override
    public Instance instance() {
        return instance;
    }

    List<PollClaim> atHand() {
        return groups.getFirst();
    }

    void atHand(UnaryOperator<PollClaim> step) {
        var next = atHand().stream().map(step).toList(); // which may fail: then all of it is left
        groups.removeFirst();
        groups.addFirst(next);
    }

    Optional<PollClaim> ofEntity(String entity) {
        return atHand().stream().filter(each -> each.entity().equalsIgnoreCase(entity)).findFirst();
    }

    /** All that is not read yet. */
    List<PollClaim> left() {
        return groups.stream().flatMap(Collection::stream).toList();
    }

    /** What is read by queries, and so not by this poll. */
    List<PollClaim> byQuery() {
        return List.copyOf(byQuery);
    }

    /** All that was claimed for this poll. */
    List<PollClaim> all() {
        return all;
    }

    /** A step that all groups make. */
    void every(UnaryOperator<PollClaim> step) {
        var next = groups.stream().map(group -> group.stream().map(step).toList()).toList(); // which may fail: then all is left
        groups.clear();
        groups.addAll(next);
    }

    /** Something in the answers was new. */
    void kept(int count) {
        fresh |= count > 0;
    }

    boolean fresh() {
        return fresh;
    }

    /** QuickBooks refused one more call before it answered any: how many so far. */
    int refused() {
        return answered ? 0 : ++refusals;
    }

    /** The group at hand is done with, except for these: some are asked for again, some left to queries. */
    void next(List<PollClaim> again, List<PollClaim> toQueries) {
        groups.removeFirst();
        byQuery.addAll(toQueries);
        ask(again);
    }

    /** The group at hand is asked for in halves, except for these that are done with. */
    void halve(Collection<PollClaim> done) {
        var again = new ArrayList<>(groups.removeFirst());
        again.removeAll(done);
        int half = again.size() / 2;
        ask(again.subList(half, again.size()));
        ask(again.subList(0, half));
    }

    void answered() {
        answered = true;
    }

    /** These, which are all that is left, are left to queries. */
    void leave(List<PollClaim> toQueries) {
        byQuery.addAll(toQueries);
        end();
    }

    /** Nothing more is asked for. */
    void end() {
        groups.clear();
    }

    /** To be asked for in one call, before everything else. */
    private void ask(List<PollClaim> group) {
        if (!group.isEmpty()) {
            groups.addFirst(List.copyOf(group));
        }
    }
}
