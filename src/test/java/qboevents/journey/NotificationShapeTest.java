// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.MovableClock;
import qboevents.simulator.Received;
import qboevents.testing.TestDatabase;

/** The bytes that a receiver gets, compared with those that it got before. */
class NotificationShapeTest {

    private static final String KEY = "MySecretEventSignatureKey";

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"open-connectors", "cloudevents"})
    void sendsTheSameBytesAsEver(String format) throws IOException {
        var clock = MovableClock.at(Instant.parse("2026-02-21T16:43:41Z"));
        try (var receiver = new CallbackReceiver(KEY); var scene = Scene.at(clock, TestDatabase.H2)) {
            var company = scene.connect(Map.of(
                    "event.poller.start", "beginning",
                    "event.notification.callback.url", receiver.url(),
                    "event.notification.signature.key", KEY,
                    "event.notification.format", format), "invoices");
            company.books().update("Invoice", company.books().create("Invoice").id());
            company.books().createLate("Invoice", Duration.ofHours(1));

            company.poll();

            receiver.awaitEvents(2, Scene.SOON);
            var received = receiver.received().stream()
                    .filter(each -> each.text().contains("\"sparse\":false,\"Id\":\"2\"")).findFirst().orElseThrow();
            assertThat(received.forgery()).isEmpty();
            assertThat(received.method()).isEqualTo("POST");
            assertThat(received.header("Content-Type")).contains(
                    format.equals("cloudevents") ? "application/cloudevents+json" : "application/json");
            assertThat(received.header("webhook-id")).isEqualTo(received.header("Elements-Webhook-Id"));
            assertThat(received.header("webhook-timestamp")).contains("" + clock.instant().getEpochSecond());
            assertThat(received.headers().keySet()).containsExactlyInAnyOrder("host", "connection", "content-length", "content-type",
                    "accept-encoding", "user-agent", "elements-webhook-id", "elements-webhook-signature", "webhook-id",
                    "webhook-timestamp", "webhook-signature");
            assertThat(masked(received, company) + "\n").isEqualTo(expected(format, masked(received, company) + "\n"));
        }
    }

    /** What is different with every installation. */
    private static String masked(Received received, Company company) {
        return received.text()
                .replace(received.header("Elements-Webhook-Id").orElseThrow(), "AXBooiL_qrZEur0mJV08")
                .replace(company.realm(), "9130350000000001");
    }

    /** Rewritten by -Dgolden=write, and then reviewed as code. */
    private static String expected(String format, String now) throws IOException {
        var file = Path.of("src/test/resources/expected/notification-" + format + ".json");
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, now);
        }
        return Files.readString(file);
    }
}
