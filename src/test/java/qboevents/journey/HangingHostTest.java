// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.Reply;
import qboevents.testing.TestDatabase;

/** A host that hangs holds the hands that a host may have, whatever the number of instances that send there. */
class HangingHostTest {

    @Test
    void leavesHandsForOtherHosts() {
        try (var scene = Scene.on(TestDatabase.H2, "events.delivery.workers=8", "events.delivery.workers-per-instance=2",
                        "events.delivery.workers-per-host=4", "events.delivery.timeout=5m");
                var hanging = new CallbackReceiver()) {
            hanging.answer(Reply.hang());
            var all = Map.of("event.poller.start", "beginning", "event.notification.callback.url", hanging.url());
            var companies = IntStream.range(0, 5).mapToObj(i -> scene.connect(all, "invoices")).toList();
            companies.forEach(each -> each.books().create("Invoice", 50));
            companies.forEach(Company::poll);
            await().atMost(SOON).until(() -> hanging.count() == 4);
            var other = scene.connect(Map.of("event.poller.start", "beginning"), "invoices");
            var made = other.books().create("Invoice", 100);

            other.poll();

            other.awaitTold(Company.words("invoices", made));
            assertThat(hanging.count()).isEqualTo(4);
            hanging.answerOk();
            await().atMost(SOON).until(() -> hanging.events().stream().distinct().count() == 250);
        }
    }
}
