// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import qboevents.testing.TestDatabase;

/** The same calls on the other database. */
class InstanceApiOnPostgresTest extends InstanceApiTest {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry settings) {
        var url = TestDatabase.POSTGRESQL.freshUrl();
        settings.add("spring.datasource.url", () -> url);
        settings.add("events.encryption.key", () -> "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    }
}
