// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.time.Duration;
import java.util.Map;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.simulator.Reply;
import qboevents.testing.TestService;

/** An hour of several companies, so that the documentation's pictures show something. */
final class PictureBooks {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestService service;
    private final QuickBooksSimulator quickBooks;
    private final CallbackReceiver receiver;
    private final MovableClock clock;

    PictureBooks(TestService service, QuickBooksSimulator quickBooks, CallbackReceiver receiver, MovableClock clock) {
        this.service = service;
        this.quickBooks = quickBooks;
        this.receiver = receiver;
        this.clock = clock;
    }

    /** The last of it is refused. */
    void keep(String realm, String instance) {
        connect("8011", "Bluebell Garden Supply", "gardens");
        service.call("PUT", "/instances/" + connect("8012", "Harbour Lane Café", "food") + "/enabled", "");
        service.call("DELETE", "/instances/" + connect("8013", "Old Mill Carpentry", "crafts") + "/enabled", "");
        for (int round = 1; round < 14; round++) {
            round(realm, instance, round);
            clock.advance(Duration.ofMinutes(4));
        }
        receiver.answer(Reply.status(503));
        round(realm, instance, 14);
    }

    private void round(String realm, String instance, int round) {
        int told = told(instance);
        quickBooks.ledger(realm).create(round % 3 == 0 ? "Customer" : "Invoice", 1 + round * 7 % 9);
        receiver.await(SOON, each -> told(instance) > told);
    }

    private int told(String instance) {
        return service.get("/instances/" + instance + "/events?pageSize=2000").json().size();
    }

    private long connect(String realm, String name, String tag) {
        long id = service.connect(quickBooks, realm, receiver.url(), Map.of("event.notification.signature.key", "a-key-that-both-sides-know",
                "event.poller.refresh_interval", "15", "event.poller.urls", "bills,invoices,customers"));
        service.call("PATCH", "/instances/" + id, "{\"name\":\"" + name + "\",\"tags\":[\"" + tag + "\"]}");
        return id;
    }
}
