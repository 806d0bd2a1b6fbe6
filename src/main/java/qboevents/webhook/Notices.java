// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.util.ArrayList;
import java.util.List;
import qboevents.event.Operation;

/** What a body says, as far as it has been read. */
final class Notices {

    /** Of one body: from then on it is set aside once and whole. */
    private static final int MOST_PARTS_ASIDE = 20;

    private final byte[] body;
    private final List<Notice> told = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    Notices(byte[] body) {
        this.body = body;
    }

    void add(Element element, byte[] bytes) {
        var fault = element.fault();
        if (fault.isPresent()) {
            setAside(fault.get(), bytes);
            return;
        }
        var time = WebhookTime.read(element.time);
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
        return new Batch(told, unreadable);
    }
}
