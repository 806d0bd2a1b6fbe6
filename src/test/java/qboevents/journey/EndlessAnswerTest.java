// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qboevents.simulator.Fault;
import qboevents.simulator.Reply;
import qboevents.testing.TestDatabase;

/** An answer without an end costs its own connection, and no other's. */
class EndlessAnswerTest {

    private static final Map<String, String> ALL = Map.of("event.poller.start", "beginning");

    @Test
    void dropsAConnectionRatherThanReadQuickBooksToAnEndThatNeverComes() {
        // Twenty connections, twenty-two resources.
        try (var scene = Scene.on(TestDatabase.H2, "events.polling.workers=4", "quickbooks.api.maximum-answer=1MB",
                "quickbooks.api.connect-timeout=2s")) {
            var company = scene.connect(ALL);
            scene.receiver.keepingNothing();
            scene.quickBooks.fail(Fault.hugeBody(Long.MAX_VALUE));

            company.poll();

            assertThat(company.records()).hasSize(22)
                    .allSatisfy(each -> assertThat(each.lastError()).contains("larger than 1 MB"));
        }
    }

    @Test
    void takesWhatAReceiverAnswersWithoutWaitingForTheEndOfIt() {
        try (var scene = Scene.on(TestDatabase.H2, "events.delivery.workers=4", "events.delivery.timeout=2s")) {
            var endless = scene.connect(ALL, "invoices");
            var other = scene.connect(ALL, "invoices");
            scene.receiver.answer(each -> each.path().endsWith("/" + endless.realm())
                    ? Reply.trickle(1_000_000, Duration.ofMillis(200)) : Reply.ok());
            var made = endless.books().create("Invoice", 100);
            endless.poll();
            endless.awaitTold(Company.words("invoices", made));
            var others = other.books().create("Invoice", 20);

            other.poll();

            other.awaitTold(Company.words("invoices", others));
            endless.awaitTold(Company.words("invoices", made));
        }
    }
}
