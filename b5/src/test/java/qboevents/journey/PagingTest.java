// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import qboevents.testing.TestDatabase;

/** However the records lie, each is told once. */
class PagingTest {

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @Test
    void readsAPageOfAThousand() {
        var company = scene.connect("invoices").poll();
        var made = company.books().create("Invoice", 1000);
        scene.clock.advance(Duration.ofSeconds(5));

        company.poll();

        company.awaitTold(Company.words("invoices", made));
    }
}
