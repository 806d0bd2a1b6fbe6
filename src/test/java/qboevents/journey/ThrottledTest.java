// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qboevents.simulator.Call;
import qboevents.simulator.Fault;
import qboevents.testing.TestDatabase;

/** After "too many calls" nobody calls for that company until the wait is over, and every other goes on. */
class ThrottledTest {

    private record Throttle(String name, Fault fault, Duration pause) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    static Stream<Throttle> throttles() {
        var minute = Duration.ofSeconds(60);
        var said = Duration.ofSeconds(90);
        return Stream.of(
                new Throttle("JSON", Fault.throttled(), minute),
                new Throttle("XML", Fault.throttled().inXml(), minute),
                new Throttle("JSON with Retry-After", Fault.throttled().withRetryAfter("90"), said),
                new Throttle("XML with Retry-After", Fault.throttled().inXml().withRetryAfter("90"), said),
                new Throttle("code 3001 in 200", Fault.error(200, "003001", "ThrottleExceeded"), minute));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("throttles")
    void leavesTheCompanyAloneForAsLongAsItIsTold(Throttle throttle) {
        var company = scene.connect("invoices", "customers").poll();
        var other = scene.connect("invoices").poll();
        var fault = scene.quickBooks.fail(throttle.fault().forRealm(company.realm()));
        company.poll("invoices");
        fault.clear();
        var made = Company.word("invoices", company.books().create("Invoice"));
        var others = Company.word("invoices", other.books().create("Invoice"));
        var calls = scene.quickBooks.calls().count(Call.Kind.QUERY, company.realm());

        scene.clock.advance(throttle.pause().minusSeconds(30));
        company.poll();
        other.poll();
        other.awaitTold(others);

        assertThat(scene.quickBooks.calls().count(Call.Kind.QUERY, company.realm())).isEqualTo(calls);
        assertThat(company.pollerRecord("invoices").lastError()).contains("3001", "hrottleExceeded");
        assertThat(company.pollerRecord("invoices").failures()).isEqualTo(1);
        assertThat(company.pollerRecord("customers").failures()).isZero();

        scene.clock.advance(Duration.ofSeconds(40));
        company.awaitTold(made);
        assertThat(company.pollerRecord("invoices").failures()).isZero();
    }
}
