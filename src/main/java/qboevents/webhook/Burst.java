// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qboevents.budget.CallOrigin;
import qboevents.budget.Reason;
import qboevents.event.Change;
import qboevents.event.Changes;
import qboevents.instance.Instance;

/**
 * What was told of one instance and is read together, query by query. A query that fails is repeated with fewer objects, so
 * that a record that QuickBooks cannot show holds up ever fewer others. Used by one thread.
 */
final class Burst implements CallOrigin {

    private static final int MOST_IDS = 200; // in one query: its address must not become too long
    private static final int MOST_EVENTS = 20; // Open Connectors, for those from webhooks

    /** For so long after it was told an object may be there and not be shown yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration DATED_BEFORE = Duration.ofMinutes(1);

    private final Instance instance;
    private final long number;
    private final Instant begun;
    private List<UnreadObject> objects;
    private final Set<String> shown = new HashSet<>();
    private final List<UnreadObject> together = new ArrayList<>();
    private final Set<UnreadObject> deleted = new HashSet<>();
    private int start;
    private int end;
    private int most;

    /** @param number names this burst in every write, so that one which lost its lease writes nothing */
    Burst(Instance instance, long number, Instant begun, Collection<UnreadRow> rows) {
        this.instance = instance;
        this.number = number;
        this.begun = begun;
        this.objects = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> List.of(row.unread().resource().name(), row.notice().objectId()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values().stream()
                .map(UnreadObject::of)
                .sorted(Comparator.comparingInt(UnreadObject::failures).thenComparing(each -> each.resource().name()))
                .toList();
        cut();
    }

    private void cut() {
        if (!unfinished()) {
            return;
        }
        var first = objects.get(start);
        boolean goesOn = start > 0 && alike(objects.get(start - 1), first);
        most = goesOn ? Math.min(MOST_IDS, most * 2) : Math.max(1, MOST_IDS >> 2 * Math.min(first.failures(), 4));
        end = start + 1;
        while (end < objects.size() && end - start < most && alike(objects.get(end), first)) {
            end++;
        }
    }

    /**
     * Whether one change data capture call may show what would need several queries. What that call does not show is queried for.
     */
    boolean together() {
        long count = capturable().count();
        return !instance.events().strategy().equals("query") && count <= Portion.MOST_CAPTURED
                && (count > MOST_IDS || entities().size() > 1);
    }

    private Stream<UnreadObject> capturable() {
        return objects.stream().filter(each -> each.resource().captured() && each.failures() == 0);
    }

    List<String> entities() {
        return capturable().map(each -> each.resource().entity()).distinct().toList();
    }

    /** Records are dated before the webhooks that tell of them. */
    Instant since() {
        return capturable().flatMap(each -> each.rows().stream()).map(UnreadRow::time)
                .min(Comparator.naturalOrder()).orElse(begun).minus(DATED_BEFORE);
    }

    /** The object that a record of an entity belongs to, if it is in this burst. */
    Optional<UnreadObject> of(String entity, Change record) {
        return capturable()
                .filter(each -> each.resource().entity().equals(entity) && each.objectId().equals(record.objectId()))
                .findFirst();
    }

    String resourceOf(String entity) {
        return capturable().map(UnreadObject::resource).filter(each -> each.entity().equals(entity)).findFirst().orElseThrow().name();
    }

    void shownTogether(UnreadObject object) {
        together.add(object);
    }

    /** What the one call has shown. */
    List<UnreadObject> shownTogether() {
        return List.copyOf(together);
    }

    /** That call has shown that it is not there any more. */
    void deletedMeanwhile(UnreadObject object) {
        deleted.add(object);
    }

    /** What that call, which shows all there is, has not shown and may show later. */
    List<UnreadObject> notShownYet() {
        return capturable().filter(each -> waitsFor(each) && !together.contains(each)).toList();
    }

    /** Since nothing is left to be shown of what is deleted, only more of it may be told. */
    Instant askAgain(UnreadObject object, Instant soon) {
        return deleted.contains(object) ? object.toldAt().plus(PATIENCE) : soon;
    }

    /** These need not be asked for now. */
    void without(Collection<UnreadObject> done) {
        objects = objects.stream().filter(each -> !done.contains(each)).toList();
        start = 0;
        cut();
    }

    private static boolean alike(UnreadObject one, UnreadObject other) {
        return one.resource().equals(other.resource()) && one.failures() == other.failures();
    }

    // Routes read these as ${variable.claim.entity}.

    boolean unfinished() {
        return start < objects.size();
    }

    @Override
    public Instance instance() {
        return instance;
    }

    @Override
    public Reason reason() {
        return Reason.WEBHOOK;
    }

    String resource() {
        return objects.get(start).resource().name();
    }

    String entity() {
        return objects.get(start).resource().entity();
    }

    boolean inactive() {
        return objects.get(start).resource().hidesInactive();
    }

    /** To read what the query at hand asks for, in a row. */
    int failures() {
        return objects.get(start).failures();
    }

    /** Of the objects that the query at hand asks for. */
    List<String> ids() {
        return atHand().stream().map(UnreadObject::objectId).toList();
    }

    int notificationSize() {
        var callback = instance.events().callback();
        return callback == null ? MOST_EVENTS : callback.notificationSize(MOST_EVENTS);
    }

    /** The same as for a poll, or what poll and webhook both saw would be told twice. */
    Duration createdTolerance() {
        return instance.events().poller(resource()).createdTolerance();
    }

    /** Of a query; 0: it is asked for what it names. */
    int pageSize() {
        return 0;
    }

    /** One more call went out. */
    Burst asked() {
        return this;
    }

    long number() {
        return number;
    }

    /** Whether polls tell of this instance too. */
    boolean polled() {
        return instance.events().polls();
    }

    boolean withRecords() {
        return instance.events().hydrate();
    }

    /** The objects of the query at hand. */
    List<UnreadObject> atHand() {
        return objects.subList(start, end);
    }

    /** Those of them that no record was taken for. */
    List<UnreadObject> missing() {
        return atHand().stream().filter(each -> !shown.contains(each.objectId())).toList();
    }

    /** Those behind the query at hand. */
    List<UnreadObject> notAskedYet() {
        return objects.subList(end, objects.size());
    }

    /** The object that a record belongs to, if its record is still wanted. */
    Optional<UnreadObject> wanting(Change record) {
        return missing().stream().filter(each -> each.objectId().equals(record.objectId())).findFirst();
    }

    void taken(UnreadObject object) {
        shown.add(object.objectId());
    }

    /** Whether what is not shown, or not as it was told, may be shown a little later. */
    boolean waitsFor(UnreadObject object) {
        return object.toldAt().plus(PATIENCE).isAfter(begun);
    }

    Changes changes(List<Change> list) {
        return changes(resource(), list);
    }

    Changes changes(String resource, List<Change> list) {
        return new Changes(
                instance.id(),
                resource,
                notificationSize(),
                null,
                instance.events().polls(),
                instance.bothSince(),
                instance.events().poller(resource).createdTolerance(),
                list);
    }

    /** On to the next query. */
    void next() {
        shown.clear();
        start = end;
        cut();
    }
}
