// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class WebhookTimesTest {

    private final Instant second = Instant.parse("2026-11-20T09:13:20Z");
    private final WebhookTimes times = new WebhookTimes();

    @Test
    void growsWithinASecondWhateverIsToldOfOtherSeconds() {
        var told = new ArrayList<Instant>();
        for (int i = 0; i < 3000; i++) {
            told.add(times.of(second));
            times.of(second.minusSeconds(i % 3));
        }

        assertThat(told).isSorted().doesNotHaveDuplicates()
                .allSatisfy(each -> assertThat(each).isBetween(second, second.plusMillis(999)));
    }
}
