// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qboevents.simulator.ActiveFault;
import qboevents.testing.TestDatabase;

/**
 * Whatever QuickBooks answers for one resource: it is said, nothing is passed over, and nobody else is held up. The polls
 * that fail run together, each of a company of its own.
 */
class MisbehavingQuickBooksTest {

    private record Troubled(Company company, PollerRecord before, ActiveFault fault) {}

    private static Scene scene;
    private static Map<String, Troubled> troubled;
    private static Company other;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2, "quickbooks.api.timeout=3s");
        troubled = Trouble.all().collect(Collectors.toMap(Trouble::name, MisbehavingQuickBooksTest::troubled));
        other = connected();
        var asked = troubled.values().stream().collect(Collectors.toMap(
                Function.identity(), each -> each.company().ask("")));
        other.poll();
        asked.forEach((each, time) -> each.company().awaitEnd(time, ""));
    }

    private static Troubled troubled(Trouble trouble) {
        var company = connected();
        var fault = trouble.fault().forRealm(company.realm()).forEntity("Invoice");
        return new Troubled(company, company.pollerRecord("invoices"), scene.quickBooks.fail(fault));
    }

    /** A start in the past needs no first poll. */
    private static Company connected() {
        var company = scene.connect(
                Map.of("event.poller.start", scene.clock.instant().minusSeconds(600).toString(), "event.poller.strategy", "query"),
                "invoices", "customers");
        company.books().create("Invoice");
        company.books().create("Customer");
        return company;
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("qboevents.journey.Trouble#all")
    void losesAndHoldsUpNothing(Trouble trouble) {
        var each = troubled.get(trouble.name());
        var company = each.company();

        var failed = company.pollerRecord("invoices");
        assertThat(failed.lastError()).contains(trouble.words());
        assertThat(failed.failures()).isPositive();
        assertThat(failed.cursor()).isEqualTo(each.before().cursor());
        assertThat(company.pollerRecord("customers").failures()).isZero();
        assertThat(company.told("customers")).containsExactly("customers 1|0");
        other.awaitTold("customers 1|0", "invoices 1|0");

        each.fault().clear();
        company.books().create("Invoice");
        company.poll();

        company.awaitAtLeastTold("invoices 1|0", "invoices 2|0");
        assertThat(company.told()).doesNotHaveDuplicates();
        assertThat(company.pollerRecord("invoices").lastError()).isEmpty();
        assertThat(company.pollerRecord("invoices").failures()).isZero();
    }
}
