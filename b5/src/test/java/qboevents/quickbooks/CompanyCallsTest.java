// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import qboevents.event.ReadFailure;

class CompanyCallsTest {

    private static final Duration PATIENT = Duration.ofSeconds(30);

    @Test
    void neverLetsMoreThanTenThroughInAnySecondHoweverManyAsk() throws Exception {
        var calls = new CompanyCalls(10, 500);
        var sent = new ConcurrentLinkedQueue<Long>();
        var threads = Executors.newFixedThreadPool(16);
        Callable<Void> caller = () -> {
            var call = calls.enter(PATIENT);
            sent.add(System.nanoTime());
            call.end();
            return null;
        };

        for (var done : threads.invokeAll(IntStream.range(0, 35).mapToObj(i -> caller).toList())) {
            done.get();
        }
        threads.shutdown();

        var times = new ArrayList<>(sent);
        times.sort(null);
        for (int i = 10; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 10)).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
        }
    }

    @Test
    void countsACallThatIsStillUnderWay() throws Exception {
        var calls = new CompanyCalls(2, 500);
        calls.enter(PATIENT);
        var second = calls.enter(PATIENT);

        assertThatThrownBy(() -> calls.enter(Duration.ofMillis(20))).isInstanceOf(ReadFailure.class);

        second.end();
        calls.enter(PATIENT);
    }

    @Test
    void putsAPollOffWhenTheMinuteIsSpent() throws Exception {
        var calls = new CompanyCalls(10, 3);
        for (int i = 0; i < 3; i++) {
            calls.enter(PATIENT).end();
        }

        assertThatThrownBy(() -> calls.enter(Duration.ofMillis(20)))
                .isInstanceOfSatisfying(ReadFailure.class, failure -> {
                    assertThat(failure.counted()).isFalse();
                    assertThat(failure.pause().orElseThrow()).isBetween(Duration.ofSeconds(58), Duration.ofSeconds(60));
                });
    }
}
