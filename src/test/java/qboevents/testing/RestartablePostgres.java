// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL that dies and comes back on the same data and port, and takes a commit for done when it is on disk. */
public final class RestartablePostgres implements AutoCloseable {

    private final Path data;
    private final int port = ServiceProcess.freePort();
    private EmbeddedPostgres process;

    public RestartablePostgres(Path data) {
        this.data = data;
        start();
    }

    public String url() {
        return process.getJdbcUrl("postgres", "postgres");
    }

    /** Immediate mode: every connection ends in the middle of whatever it does, and nothing is written any more. */
    public void crash() {
        try {
            long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            var postmaster = ProcessHandle.of(pid).orElseThrow();
            new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start();
            postmaster.onExit().get(20, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("PostgreSQL does not end", e);
        }
    }

    /** Returns when it has recovered what was committed. */
    public void start() {
        try {
            Files.deleteIfExists(data.resolve("epg-lock")); // held still for the one that has died
            process = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(!Files.exists(data.resolve("PG_VERSION")))
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    // Made for tests it would take a commit for done before it is on disk.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
