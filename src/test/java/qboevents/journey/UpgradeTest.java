// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.instance.Instances;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** A node of this version beside one of the next, which has migrated the database: src/docs/decisions/0023-several-nodes.md. */
class UpgradeTest {

    private static final Map<String, String> LISTENING = Map.of("event.vendor.type", "hybrid", "event.poller.start", "beginning");

    @TempDir
    private Path next;

    @Test
    void goesOnAndStartsOnADatabaseThatTheNextVersionHasMigrated() throws IOException {
        var url = TestDatabase.POSTGRESQL.freshUrl();
        try (var scene = Scene.onDatabase(url, "events.node=old", Webhook.SETTING)) {
            var company = scene.connect(LISTENING, "invoices");
            work(scene, company, 1);
            usePreparedStatements(scene.service(), company);

            migrate(scene.service());

            usePreparedStatements(scene.service(), company);
            scene.clock.advance(Duration.ofHours(2)); // so that the token is renewed, too
            work(scene, company, 2);
            scene.restart();
            work(scene, company, 3);
        }
    }

    private static void work(Scene scene, Company company, int invoice) {
        company.books().create("Invoice");
        company.poll();
        company.awaitAtLeastTold("invoices " + invoice + "|0");
    }

    /** What is asked often is asked by a plan that the server has kept; in a transaction it must still fit. */
    private static void usePreparedStatements(TestService service, Company company) {
        for (int i = 0; i < 20; i++) {
            service.bean(TransactionTemplate.class).executeWithoutResult(status -> service.bean(Instances.class).get(company.id()));
        }
    }

    /** A column more would change what it answers: PostgreSQL then refuses each plan that it has kept, once for each connection. */
    @Test
    void noStatementAsksForWhateverColumnsThereAre() throws IOException {
        try (var files = Files.walk(Path.of("src/main"))) {
            for (var file : files.filter(each -> each.toString().matches("(?!.*/quickbooks/).*\\.(java|sql)")).toList()) {
                assertThat(Files.readString(file)).as("%s", file).doesNotContainPattern("(?i)select (\\w\\.)?\\*|returning \\*");
            }
        }
    }

    /** What a later version may do: new tables, new columns that may be empty or have a default, new indexes. */
    private void migrate(TestService service) throws IOException {
        var tables = service.bean(JdbcClient.class)
                .sql("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
                        + " and table_name <> 'flyway_schema_history'")
                .query(String.class).list();
        Files.writeString(next.resolve("V9001__more.sql"), tables.stream()
                .map(table -> "alter table " + table + " add column more varchar;\nalter table " + table
                        + " add column most integer not null default 7;\n")
                .collect(Collectors.joining()) + "create table more (id bigint primary key);\n");
        Flyway.configure().dataSource(service.bean(DataSource.class))
                .locations("classpath:db/migration", "filesystem:" + next).load().migrate();
    }
}
