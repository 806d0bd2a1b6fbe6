// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import qboevents.http.TooLateToSend;

class OutcomesTest {

    private final Outcomes outcomes = new Outcomes(new DeliverySettings("direct:post", "1m", Duration.ofSeconds(15), 64, 8, 32, 0), Clock.systemUTC());

    @Test
    void namesWhatFailedInWordsThatAnyDatabaseTakes() {
        assertThat(error(new IOException("Not HTTP: a\0b\r\n\tc"))).isEqualTo("Not HTTP: a b c");
        assertThat(error(new IOException("x".repeat(2000)))).hasSize(501).endsWith("…");
        assertThat(error(new IOException(new UnknownHostException("nowhere")))).isEqualTo("host not found: nowhere");
        assertThat(error(new IOException())).isEqualTo("IOException");
    }

    @Test
    void leavesToOthersWhatCouldNotBeSentInTime() {
        assertThat(outcomes.unanswered(Samples.delivery(7, 1, "a"), new IOException(new TooLateToSend())))
                .isInstanceOf(Outcome.Unsent.class);
    }

    private String error(Exception thrown) {
        return outcomes.unanswered(Samples.delivery(7, 1, "a"), thrown).attempt().error();
    }
}
