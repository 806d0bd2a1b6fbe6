// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import qboevents.testing.RestartablePostgres;

/**
 * Several packaged services on one PostgreSQL. {@code -Dkill.rounds=20} for more, {@code -Dkill.seed=} for the draws of a run that
 * failed.
 */
class NodesIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /**
     * Three of them, one after the other killed or stopped for longer than its leases last and then let go on, in the middle of
     * polls, webhooks to any of them, and receivers that refuse.
     */
    @Test
    void loseNothingAndOvertakeNothing() {
        try (var postgres = new RestartablePostgres(folder.resolve("postgres"));
                var world = new NodesWorld(folder, postgres.url())) {
            world.connect();
            world.disturbAgainAndAgain();
            world.stopOneGracefully();
            world.comeToRest();
        }
    }

    /** As the settings are when nobody changes them: what a killed node was reading and sending is another's in time. */
    @Test
    void takeOverWithinHalfAMinute() {
        try (var postgres = new RestartablePostgres(folder.resolve("postgres"));
                var heirs = new Heirs(folder, postgres.url())) {
            assertThat(heirs.timeToTakeOver()).isLessThan(Duration.ofSeconds(30));
        }
    }
}
