// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static qboevents.testing.NewResource.DEPOSITS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qboevents.testing.TestDatabase;

/** A resource that nobody has thought of needs eight lines of a routes file and no Java. */
class NewResourceTest {

    @TempDir
    private Path routes;

    @Test
    void tellsTheChangesOfAResourceThatWasAddedToTheRoutes() throws IOException {
        copyShippedRoutes();
        Files.writeString(routes.resolve("deposits.camel.yaml"), DEPOSITS, CREATE_NEW);
        try (var scene = Scene.on(TestDatabase.H2, "events.routes.folder=" + routes)) {
            var company = scene.connect("deposits", "invoices").poll();
            var deposit = company.books().create("Deposit");
            company.poll();
            company.books().update("Deposit", deposit.id());
            company.books().create("Invoice");

            company.poll();

            company.awaitTold("deposits 1|0", "deposits 1|1", "invoices 1|0");
        }
    }

    private void copyShippedRoutes() throws IOException {
        try (var files = Files.list(Path.of("routes"))) {
            for (var file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
    }
}
