// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.delivery.Samples.NOW;
import static qboevents.delivery.Samples.atEase;
import static qboevents.delivery.Samples.delivery;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A lane is closed while another thread is at it: held, lost to another node, or crowded and to be taken over anew. */
class ClosedLaneTest {

    private final Lanes lanes = new Lanes(3, 2, 3, atEase(2), 1_000_000, 1_000_000, new Crowd(2000, 50_000));

    @Test
    void forgetsWhatWasBeingReadAndLooksAgain() {
        closedWhileItIsRead(LongStream.rangeClosed(1, 20).mapToObj(id -> delivery(7, id, "o" + id)).toList(), NOW);

        assertThat(lanes.next(NOW, NOW)).isNull();
        assertThat(lanes.known(7)).isZero();
        assertThat(lanes.open(NOW, NOW)).extracting(Lanes.Look::instanceId).containsExactly(7L);
    }

    @Test
    void looksAgainAlsoWhenAllThatThereWasHadBeenRead() {
        closedWhileItIsRead(List.of(delivery(7, 1, "o")), null);

        assertThat(lanes.open(NOW, NOW)).hasSize(1);
    }

    private void closedWhileItIsRead(List<Delivery> found, @Nullable Instant next) {
        lanes.leased(7, Instant.MAX);
        lanes.expect(7, NOW);
        lanes.open(NOW, NOW);
        lanes.close(7);
        lanes.looked(7, found, next, NOW);
    }

    @Test
    void isNotOpenedByTheRenewalOfTheLeaseThatItHad() {
        lanes.leased(7, NOW.plusSeconds(1));
        lanes.close(7);
        lanes.renewed(List.of(7L), List.of(7L), NOW.plusSeconds(60), NOW);

        assertThat(lanes.owns(7, NOW)).isFalse();
    }
}
