// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qboevents.testing.TestDatabase;

/** Whatever QuickBooks answers for one resource: it is said, nothing is passed over, and nobody else is held up. */
class MisbehavingQuickBooksTest {

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2, "quickbooks.api.timeout=2s", "events.polling.overlap=1s");
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("qboevents.journey.Trouble#all")
    void losesAndHoldsUpNothing(Trouble trouble) {
        var troubled = scene.connect("invoices", "customers").poll();
        var other = scene.connect("invoices").poll();
        var before = troubled.pollerRecord("invoices").cursor();
        var fault = scene.quickBooks.fail(trouble.fault().forRealm(troubled.realm()).forEntity("Invoice"));
        var invoice = Company.word("invoices", troubled.books().create("Invoice"));
        var customer = Company.word("customers", troubled.books().create("Customer"));
        var others = Company.word("invoices", other.books().create("Invoice"));
        scene.clock.advance(Duration.ofSeconds(5));

        troubled.poll();
        other.poll();

        var failed = troubled.pollerRecord("invoices");
        assertThat(failed.lastError()).contains(trouble.words());
        assertThat(failed.failures()).isEqualTo(1);
        assertThat(failed.cursor()).isEqualTo(before);
        troubled.awaitTold(customer);
        assertThat(troubled.pollerRecord("customers").failures()).isZero();
        other.awaitTold(others);

        fault.clear();
        var update = Company.word("invoices", troubled.books().update("Invoice", "1"));
        scene.clock.advance(Duration.ofSeconds(5));
        troubled.poll();

        troubled.awaitTold(customer, update);
        assertThat(troubled.pollerRecord("invoices").lastError()).isEmpty();
        assertThat(troubled.pollerRecord("invoices").failures()).isZero();
        assertThat(invoice).isNotEqualTo(update);
    }
}
