// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.simulator.Received;
import qboevents.testing.TestDatabase;

/** What is sent, verified by the library of Standard Webhooks. */
class StandardWebhooksTest {

    private static final String ENCODED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    /** The library takes Base64: of a key that is none, the Base64 of its UTF-8 bytes. */
    static Webhook library(String key) {
        try {
            return new Webhook(key.startsWith("whsec_") ? key : Base64.getEncoder().encodeToString(key.getBytes(UTF_8)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static void verify(String key, Received received, String body) throws WebhookVerificationException {
        library(key).verify(body, received.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {ENCODED, "MySecretEventSignatureKey", "Schlüssel mit Umlaut und 鍵", " spaces belong to it "})
    void verifiesWhatIsSentAndNothingElse(String key) {
        for (var format : List.of("open-connectors", "cloudevents")) {
            var company = scene.connect(Map.of("event.poller.start", "beginning", "event.notification.format", format,
                    "event.notification.signature.key", key), "invoices");
            company.books().create("Invoice");

            company.poll();

            await().atMost(SOON).until(() -> company.received().size() == 1);
            var received = company.received().get(0);
            assertThatCode(() -> verify(key, received, received.text())).as(format).doesNotThrowAnyException();
            assertThatThrownBy(() -> verify("another key", received, received.text()))
                    .isInstanceOf(WebhookVerificationException.class);
            assertThatThrownBy(() -> verify(key, received, received.text() + " "))
                    .isInstanceOf(WebhookVerificationException.class);
        }
    }
}
