// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qboevents.simulator.Received;
import qboevents.testing.TestDatabase;

/** The receivers that the documentation offers, told by the service itself and by others. */
class ReceiverExamplesTest {

    private static final String PLAIN = "a-key-that-both-sides-know, ümläüts too";
    private static final String ENCODED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String SIGNATURE_KEY = "event.notification.signature.key";
    private static final Map<String, String> NO_TRIO =
            Map.of("webhook-id", "", "webhook-timestamp", "", "webhook-signature", "");
    private static final Map<String, String> UNSIGNED = Map.of("webhook-id", "", "webhook-timestamp", "",
            "webhook-signature", "", "elements-webhook-signature", "");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2, "events.delivery.retry=1h");
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @ParameterizedTest
    @EnumSource
    void takeWhatTheServiceSendsAndRefuseWhatAnotherKeyHasSigned(ReceiverExample.Language language) {
        try (var receiver = language.start(PLAIN)) {
            var notified = tell(receiver.url(), PLAIN, "open-connectors");
            await().atMost(SOON).untilAsserted(() -> assertThat(receiver.taken()).containsExactly("CREATED invoices 1"));
            awaitStatus(notified, "NOTIFIED");

            awaitStatus(tell(receiver.url(), PLAIN, "cloudevents"), "NOTIFIED");
            await().atMost(SOON).untilAsserted(() -> assertThat(receiver.taken()).contains("created invoices 1"));

            var forged = tell(receiver.url(), "another key", "open-connectors");
            await().atMost(SOON).untilAsserted(() -> assertThat(attempts(forged)).contains("\"statusCode\":401"));
            awaitStatus(forged, "DISPATCHED");

            var changed = scene.service().call("PATCH", "/instances/" + notified.id(),
                    "{\"configuration\":{\"" + SIGNATURE_KEY + "\":\"the next key\"}}");
            assertThat(changed.status()).isEqualTo(200);
            notified.books().create("Invoice");
            notified.poll();
            await().atMost(SOON).untilAsserted(() -> assertThat(receiver.taken())
                    .containsExactly("CREATED invoices 1", "created invoices 1", "CREATED invoices 2"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void takeEachNotificationOnceAndNothingThatWasChanged(ReceiverExample.Language language) throws Exception {
        try (var receiver = language.start(ENCODED)) {
            var company = tell("", ENCODED, "open-connectors");
            await().atMost(SOON).until(() -> company.received().size() == 1);
            var real = company.received().get(0);
            var id = real.header("webhook-id").orElseThrow();
            var signature = real.header("webhook-signature").orElseThrow();
            var stale = Instant.now().minus(Duration.ofMinutes(6)).getEpochSecond();

            assertThat(post(receiver, real, real.text() + " ", Map.of())).isEqualTo(401);
            assertThat(post(receiver, real, real.text().replace("CREATED", "DELETED"), NO_TRIO)).isEqualTo(401);
            assertThat(post(receiver, real, real.text(), Map.of("webhook-signature", "v1,AAAA"))).isEqualTo(401);
            assertThat(post(receiver, real, real.text(), Map.of("webhook-timestamp", "soon"))).isEqualTo(401);
            assertThat(post(receiver, real, real.text(), Map.of("webhook-timestamp", "" + stale,
                    "webhook-signature", StandardWebhooksTest.library(ENCODED).sign(id, stale, real.text())))).isEqualTo(401);
            assertThat(post(receiver, real, real.text(), Map.of("elements-webhook-id", "AXBooiL_qrZEur0mJV08"))).isEqualTo(401);
            assertThat(post(receiver, real, real.text(), UNSIGNED)).isEqualTo(401);
            assertThat(receiver.taken()).isEmpty();

            assertThat(post(receiver, real, real.text(), Map.of("webhook-signature", "v1,AAAA " + signature))).isEqualTo(200);
            assertThat(post(receiver, real, real.text(), Map.of())).isEqualTo(200);
            assertThat(post(receiver, real, real.text(), NO_TRIO)).isEqualTo(200);
            await().atMost(SOON).untilAsserted(() -> assertThat(receiver.taken()).containsExactly("CREATED invoices 1"));
        }
    }

    /** One invoice of a company of its own. @param url empty: the scene's own receiver */
    private static Company tell(String url, String key, String format) {
        var configuration = new HashMap<>(Map.of(
                "event.poller.start", "beginning", SIGNATURE_KEY, key, "event.notification.format", format));
        if (!url.isEmpty()) {
            configuration.put("event.notification.callback.url", url);
        }
        var company = scene.connect(configuration, "invoices");
        company.books().create("Invoice");
        return company.poll();
    }

    private static String attempts(Company company) {
        var id = scene.service().get("/instances/" + company.id() + "/events").json().get(0).get("id").asText();
        return scene.service().get("/instances/events/" + id).text();
    }

    private static void awaitStatus(Company company, String status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                scene.service().get("/instances/" + company.id() + "/events").json().findValuesAsText("status"))
                .containsExactly(status));
    }

    /** As it came, with some headers in place of others; an empty one is left away. */
    private static int post(ReceiverExample receiver, Received real, String body, Map<String, String> others)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(receiver.url())).POST(BodyPublishers.ofString(body));
        var headers = new HashMap<>(real.headers());
        headers.putAll(others);
        headers.forEach((name, value) -> {
            if (!value.isEmpty() && (name.contains("webhook-") || name.equals("content-type"))) {
                request.header(name, value);
            }
        });
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
