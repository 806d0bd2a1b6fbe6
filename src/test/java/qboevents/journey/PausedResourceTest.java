// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import qboevents.simulator.Fault;
import qboevents.testing.TestDatabase;

/** Enough failures of one resource in a row pause that resource, and a word resumes it. */
class PausedResourceTest {

    private final Scene scene = Scene.on(TestDatabase.H2, "events.polling.disable-after=3");

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void pausesOnlyWhatFailsUntilItIsAskedFor() {
        var company = scene.connect("invoices", "customers").poll();
        var fault = scene.quickBooks.fail(Fault.forbidden().forEntity("Invoice"));
        for (int failures = 1; failures <= 3; failures++) {
            company.poll("invoices");
        }
        var customer = Company.word("customers", company.books().create("Customer"));
        var invoice = Company.word("invoices", company.books().create("Invoice"));
        fault.clear();

        scene.clock.advance(Duration.ofDays(2));
        company.poll("customers").awaitTold(customer);
        var paused = company.pollerRecord("invoices");
        var otherwise = company.pollerRecord("customers");

        company.poll("invoices");
        company.awaitTold(customer, invoice);

        assertThat(paused.paused()).isTrue();
        assertThat(paused.failures()).isEqualTo(3);
        assertThat(paused.nextPoll()).isEmpty();
        assertThat(paused.lastError()).contains("answered 403");
        assertThat(otherwise.paused()).isFalse();
        assertThat(company.pollerRecord("invoices").paused()).isFalse();
    }

    @Test
    void waitsLongerAfterEachFailureWithoutBeingAsked() {
        var company = scene.connect("invoices").poll();
        var fault = scene.quickBooks.fail(Fault.status(500));
        company.poll();
        var invoice = Company.word("invoices", company.books().create("Invoice"));

        scene.clock.advance(Duration.ofSeconds(11));
        await().atMost(SOON).untilAsserted(() -> assertThat(company.pollerRecord("invoices").failures()).isEqualTo(2));
        fault.clear();
        scene.clock.advance(Duration.ofSeconds(21));

        company.awaitTold(invoice);
        assertThat(company.pollerRecord("invoices").failures()).isZero();
    }
}
