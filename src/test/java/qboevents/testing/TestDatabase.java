// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import qboevents.database.H2Url;

/**
 * The two databases that every statement has to run on. Each call gives a new one, migrated and empty; all PostgreSQL
 * ones live in one process per JVM, which ends with it.
 */
public enum TestDatabase {
    H2 {
        @Override
        public String freshUrl() {
            try {
                var file = Files.createTempDirectory("h2-").resolve("test.mv.db");
                Files.copy(Migrated.FILE, file);
                return url(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String user() {
            return "sa";
        }
    },

    POSTGRESQL {
        @Override
        public String freshUrl() {
            var name = "test_" + Server.DATABASES.incrementAndGet();
            try (var connection = Server.PROCESS.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name + " template migrated");
                return Server.PROCESS.getJdbcUrl("postgres", name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String user() {
            return "postgres";
        }
    };

    /** For a test that starts the whole application; the URL carries all that is needed to connect. */
    public abstract String freshUrl();

    public abstract String user();

    public DataSource fresh() {
        return fresh(freshUrl());
    }

    /** A second node: the same database, already migrated or not. */
    public DataSource fresh(String url) {
        var source = new DriverManagerDataSource(url, user(), "");
        migrate(source);
        return source;
    }

    private static String url(Path file) {
        return H2Url.completed("jdbc:h2:file:" + file.toString().replace(".mv.db", ""));
    }

    private static final class Migrated {

        static final Path FILE = make();

        private static Path make() {
            try {
                var file = Files.createTempDirectory("h2-").resolve("migrated.mv.db");
                migrate(new DriverManagerDataSource(url(file), H2.user(), ""));
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void migrate(DataSource source) {
        Flyway.configure().dataSource(source).load().migrate();
    }

    private static final class Server {

        static final AtomicInteger DATABASES = new AtomicInteger();
        static final EmbeddedPostgres PROCESS = start();

        private static EmbeddedPostgres start() {
            try {
                var process = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on") // off by default there
                        .setConnectConfig("connectTimeout", "20")
                        .start();
                try (var connection = process.getPostgresDatabase().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("create database migrated");
                }
                migrate(process.getDatabase("postgres", "migrated"));
                return process;
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("The embedded PostgreSQL does not start", e);
            }
        }
    }
}
