// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service is killed again and again while two companies work, and nothing is lost and nothing gets a second
 * name. {@code -Dkill.rounds=100} for more, {@code -Dkill.seed=} for the draws of a run that failed.
 */
class KillIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void losesNothingAndNamesNothingTwiceOnH2() {
        survives("jdbc:h2:file:./data/events");
    }

    @Test
    void losesNothingAndNamesNothingTwiceOnPostgres() throws IOException {
        // Made for tests it would take a commit for done before it is on disk.
        try (var postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            survives(postgres.getJdbcUrl("postgres", "postgres"));
        }
    }

    private void survives(String databaseUrl) {
        try (var world = new KillWorld(folder, databaseUrl)) {
            world.connect();
            world.killAgainAndAgain();
            world.stopGracefully();
            world.comeToRest();
        }
    }
}
