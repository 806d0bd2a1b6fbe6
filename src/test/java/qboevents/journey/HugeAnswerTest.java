// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import qboevents.simulator.Fault;
import qboevents.testing.TestDatabase;

/** An answer that has no end, or as good as none. */
class HugeAnswerTest {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long IN_THE_MIDDLE = 300; // notifications are sent while the answer is still being read

    private final AtomicLong held = new AtomicLong(Long.MAX_VALUE);

    @Test
    void refusesMoreThanAHundredMegabytesAndNeverHoldsThem() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(Map.of("event.poller.start", "beginning"), "invoices");
            company.books().create("Invoice");
            var fault = scene.quickBooks.fail(Fault.hugeBody(101 * MEGABYTE).forRealm(company.realm()));
            var before = heap();
            scene.receiver.keepingNothing().onReceived(each -> {
                if (scene.receiver.count() == IN_THE_MIDDLE) {
                    held.set(heap() - before);
                }
            });

            company.poll();

            assertThat(company.pollerRecord("invoices").lastError()).contains("larger than 100 MB");
            assertThat(company.pollerRecord("invoices").cursor()).contains(Instant.EPOCH);
            assertThat(held.get()).isLessThan(70 * MEGABYTE);

            fault.clear();
            company.poll();

            assertThat(company.pollerRecord("invoices").lastError()).isEmpty();
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
