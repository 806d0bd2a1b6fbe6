// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import qboevents.testing.RestartablePostgres;

/**
 * The packaged service, its database or both are killed again and again while three companies work and their receivers refuse
 * now and then. Nothing is lost, nothing gets a second name, and nothing older is told after what is newer. {@code -Dkill.rounds=100} for more, {@code -Dkill.seed=} for the draws of a run that failed.
 */
class KillIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void losesNothingAndNamesNothingTwiceOnH2() {
        survives("jdbc:h2:file:./data/events", Optional.empty()); // which dies with the service
    }

    @Test
    void losesNothingAndNamesNothingTwiceOnPostgres() {
        try (var postgres = new RestartablePostgres(folder.resolve("postgres"))) {
            survives(postgres.url(), Optional.of(postgres));
        }
    }

    private void survives(String databaseUrl, Optional<RestartablePostgres> database) {
        try (var world = new KillWorld(folder, databaseUrl, database)) {
            world.connect();
            world.killAgainAndAgain();
            world.stopGracefully();
            world.comeToRest();
        }
    }
}
