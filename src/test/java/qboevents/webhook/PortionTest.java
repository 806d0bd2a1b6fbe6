// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import qboevents.resource.Resource;
import qboevents.webhook.Portion.Waiting;

class PortionTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:13:20Z");
    private static final Resource INVOICES = new Resource("invoices", "Invoice");
    private static final Resource CUSTOMERS = new Resource("customers", "Customer");
    private static final Resource PAYMENTS = new Resource("payments", "Payment");
    private static final Resource TIMES = new Resource("time-activities", "TimeActivity", false, false, false);

    @Test
    void readsWhatOneCallShowsApartFromWhatItLeavesOut() {
        var all = List.of(waiting(INVOICES, 1, 0), waiting(TIMES, 1, 4), waiting(CUSTOMERS, 2, 1));

        assertThat(Portion.of(all, true, NOW).resources()).containsExactly(INVOICES, CUSTOMERS);
        assertThat(Portion.of(all, true, NOW).rest()).contains(NOW.plusSeconds(4));
    }

    @Test
    void readsFirstWhatIsDueTheLongest() {
        var all = List.of(waiting(INVOICES, 1, -1), waiting(TIMES, 1, -2));

        assertThat(Portion.of(all, true, NOW).resources()).containsExactly(TIMES);
        assertThat(Portion.of(all, true, NOW).rest()).contains(NOW.minusSeconds(1));
    }

    @Test
    void takesNoMoreThanOneCallCanShow() {
        var all = List.of(waiting(INVOICES, 500, -3), waiting(CUSTOMERS, 500, -2), waiting(PAYMENTS, 400, -1));

        assertThat(Portion.of(all, true, NOW).resources()).containsExactly(INVOICES, PAYMENTS);
        assertThat(Portion.of(all, true, NOW).rest()).contains(NOW.minusSeconds(2));
    }

    @Test
    void takesAtLeastOneHoweverMuchWaitsOfIt() {
        var all = List.of(waiting(INVOICES, 5_000, -3), waiting(CUSTOMERS, 1, -2));

        assertThat(Portion.of(all, true, NOW).resources()).containsExactly(INVOICES);
    }

    @Test
    void takesEverythingWhereEachIsAQueryOfItsOwn() {
        var all = List.of(waiting(INVOICES, 5_000, -3), waiting(TIMES, 1, 2));

        assertThat(Portion.of(all, false, NOW)).isEqualTo(new Portion(List.of(INVOICES, TIMES), Optional.empty()));
    }

    @Test
    void readsNothingBeforeAnythingIsDue() {
        assertThat(Portion.of(List.of(waiting(TIMES, 0, 1)), true, NOW).resources()).isEmpty();
    }

    private static Waiting waiting(Resource resource, int due, int seconds) {
        return new Waiting(resource, due, NOW.plusSeconds(seconds));
    }
}
