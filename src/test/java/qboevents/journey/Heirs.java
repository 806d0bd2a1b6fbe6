// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.ServiceProcess;
import qboevents.testing.TestService;

/** Two nodes with the leases that an operator has who changes nothing. */
final class Heirs implements AutoCloseable {

    private static final String REALM = "9130350000000009";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final QuickBooksSimulator quickBooks = new QuickBooksSimulator(MovableClock.running());
    private final CallbackReceiver receiver = new CallbackReceiver();
    private final ServiceProcess first;
    private final ServiceProcess second;

    Heirs(Path folder, String databaseUrl) {
        var settings = new ArrayList<>(TestService.quickBooks(quickBooks));
        settings.addAll(List.of(
                "spring.datasource.url=" + databaseUrl,
                "events.api.user-secret=" + TestService.USER_SECRET,
                "events.api.organization-secret=" + TestService.ORGANIZATION_SECRET,
                NodesWorld.ENCRYPTION_KEY,
                "events.polling.minimum-interval=1s",
                "events.polling.overlap=1s",
                "events.delivery.allow-private-addresses=true"));
        first = start(folder.resolve("first"), settings);
        second = start(folder.resolve("second"), settings);
    }

    private static ServiceProcess start(Path folder, List<String> settings) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ServiceProcess.start(folder, ServiceProcess.freePort(), settings);
    }

    /** From the end of a node that sends to an instance and reads of it, in the middle of a poll, until its heir has told what is new. */
    Duration timeToTakeOver() {
        first.awaitReady();
        second.awaitReady();
        second.pause(); // so that all of it is the first one's
        var request = TestService.connecting(REALM, quickBooks.authorize(REALM), receiver.url(),
                Map.of("event.poller.refresh_interval", "0.02", "event.poller.urls", "invoices"));
        if (first.call("POST", "/instances", request).status() != 200) {
            throw new AssertionError("Not connected");
        }
        first.runFor(Duration.ofSeconds(2)); // nothing may be dated before the connection
        quickBooks.ledger(REALM).create("Invoice");
        receiver.awaitEvents(1, LIMIT);
        quickBooks.ledger(REALM).create("Invoice");
        var killed = killInTheMiddleOfAPoll();
        second.resume();
        receiver.awaitEvents(2, LIMIT);
        return Duration.between(killed, Instant.now());
    }

    /** It has claimed what it asks for, and never gets the answer. */
    private Instant killInTheMiddleOfAPoll() {
        var asked = new CountDownLatch(1);
        var killed = new CountDownLatch(1);
        quickBooks.afterCdc(call -> {
            asked.countDown();
            await(killed);
        });
        await(asked);
        first.kill();
        killed.countDown();
        return Instant.now();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Not within " + LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    @Override
    public void close() {
        first.close();
        second.close();
        receiver.close();
        quickBooks.close();
    }
}
