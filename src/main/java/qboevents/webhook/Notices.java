// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import qboevents.event.Operation;

/** What a body says, as far as it has been read. */
final class Notices {

    /** Of one body: from then on it is set aside once and whole. */
    private static final int MOST_PARTS_ASIDE = 20;

    private final byte[] body;
    private final Instant now;
    private final List<Notice> told = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    Notices(byte[] body, Instant now) {
        this.body = body;
        this.now = now;
    }

    void add(Element element, byte[] bytes) {
        var fault = element.fault();
        if (fault.isPresent()) {
            setAside(fault.get(), bytes);
            return;
        }
        var time = WebhookTime.read(element.time, now);
        told.add(new Notice(element.realmId, element.entity, element.objectId, element.did(), time, bytes));
        element.loser().ifPresent(loser ->
                told.add(new Notice(element.realmId, element.entity, loser, Operation.DELETED, time, bytes)));
    }

    void setAside(String reason, byte[] part) {
        if (unreadable.size() < MOST_PARTS_ASIDE) {
            unreadable.add(new Unreadable(reason, part));
        } else if (unreadable.size() == MOST_PARTS_ASIDE) {
            unreadable.add(new Unreadable("has many parts that cannot be read", body));
        }
    }

    Batch batch() {
        return new Batch(inOrder(told), unreadable);
    }

    /**
     * Intuit does not sort what it tells. The states of one object are put in the order of their times, into the places that
     * they have together; what has no time keeps its own.
     */
    private static List<Notice> inOrder(List<Notice> told) {
        var places = new HashMap<List<String>, List<Integer>>();
        for (int i = 0; i < told.size(); i++) {
            var notice = told.get(i);
            if (notice.time() != null) {
                var object = List.of(notice.realmId(), notice.entity().toLowerCase(Locale.ROOT), notice.objectId());
                places.computeIfAbsent(object, key -> new ArrayList<>(1)).add(i);
            }
        }
        var ordered = new ArrayList<>(told);
        for (var each : places.values()) {
            var states = each.stream().map(told::get).sorted(Comparator.comparing(Notice::time)).toList();
            for (int i = 0; i < states.size(); i++) {
                ordered.set(each.get(i), states.get(i));
            }
        }
        return ordered;
    }
}
