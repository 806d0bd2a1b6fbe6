// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;
import qboevents.event.Kept;

/** What became of the webhooks that this node got since it was started. */
@Component
class WebhookCounts {

    private final Instant since;
    private final LongAdder received = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder notStored = new LongAdder();
    private final LongAdder told = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder unknownCompany = new LongAdder();
    private final LongAdder unknownEntity = new LongAdder();
    private final LongAdder unreadable = new LongAdder();

    WebhookCounts(Clock clock) {
        this.since = clock.instant();
    }

    void received() {
        received.increment();
    }

    /** It was not Intuit's, or nothing that we take. */
    void refused() {
        refused.increment();
    }

    /** Intuit was asked to come again. */
    void notStored() {
        notStored.increment();
    }

    void told(Kept kept) {
        told.add(kept.count());
        repeated.add(kept.repeated());
    }

    /** Nobody listens for this company. */
    void unknownCompany() {
        unknownCompany.increment();
    }

    /** No route offers this entity. */
    void unknownEntity() {
        unknownEntity.increment();
    }

    void unreadable(int count) {
        unreadable.add(count);
    }

    /** For the operator: the first three count POSTs, the others what is in them. */
    Map<String, Object> view() {
        var view = new LinkedHashMap<String, Object>();
        view.put("since", since.toString());
        view.put("received", received.sum());
        view.put("refused", refused.sum());
        view.put("notStored", notStored.sum());
        view.put("told", told.sum());
        view.put("repeated", repeated.sum());
        view.put("unknownCompany", unknownCompany.sum());
        view.put("unknownEntity", unknownEntity.sum());
        view.put("unreadable", unreadable.sum());
        return view;
    }
}
