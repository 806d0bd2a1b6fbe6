// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.journey.Webhook.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.testing.TestDatabase;

/** What is not taken, in the API's words, and what is taken although it looks odd. */
class WebhookRefusalTest {

    private static final int LIMIT = 8 * 1024 * 1024;

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2, Webhook.SETTING);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static long count(String what) {
        return scene.service().get("/webhooks/quickbooks").json().get(what).asLong();
    }

    private static void assertRefused(Webhook webhook, int status, String message) {
        long refused = count("refused");
        long received = count("received");

        var answer = webhook.answerOf(scene.service());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"requestId\":\"", message).doesNotContain(Webhook.TOKEN);
        assertThat(answer.headers().map()).containsKey("elements-request-id").doesNotContainKey("intuit-signature");
        assertThat(count("refused")).isEqualTo(refused + 1);
        assertThat(count("received")).isEqualTo(received + 1);
    }

    @Test
    void refusesWhatIsNotSignedAndKeepsNothingOfIt() {
        var company = scene.connect(Map.of("event.vendor.type", "webhook"));
        var webhook = Webhook.of(event(company.realm(), "invoice.created", "1", ""));
        long unreadable = count("unreadable");

        assertRefused(webhook.without("intuit-signature"), 401, "intuit-signature is missing");
        assertRefused(webhook.signedWith("guessed"), 401, "intuit-signature");
        assertRefused(webhook.sending((new String(webhook.body(), UTF_8) + " ").getBytes(UTF_8)), 401, "intuit-signature");
        assertRefused(Webhook.ofBody("").signedWith("guessed"), 401, "intuit-signature");
        assertRefused(Webhook.ofBody("not JSON").signedWith("guessed"), 401, "intuit-signature");

        webhook.signedWith("another-app").to("/").postTo(scene.service());
        company.awaitTold("invoices 1");
        assertThat(count("unreadable")).isEqualTo(unreadable);
    }

    @Test
    void isNotThereForAPathThatNamesNoInstance() {
        var webhook = Webhook.of(event("1", "invoice.created", "1", "")).to("/nonsense");

        assertRefused(webhook, 404, "Base64 of an instance's id");
        assertRefused(webhook.signedWith("guessed"), 401, "intuit-signature");
        assertThat(webhook.to("/MTAwMA==").postTo(scene.service())).isEqualTo(200);
    }

    @Test
    void refusesMoreThanEightMegabytes() throws IOException {
        var large = " ".repeat(LIMIT - 1).getBytes(UTF_8);
        var larger = " ".repeat(LIMIT + 1).getBytes(UTF_8);

        assertRefused(Webhook.ofBytes(larger), 413, "8 MB");
        assertRefused(Webhook.ofBytes(gzip(larger)).with("Content-Encoding", "gzip"), 413, "8 MB");
        assertThat(Webhook.ofBytes(gzip(large)).with("Content-Encoding", "gzip").postTo(scene.service())).isEqualTo(200);
    }

    /** Intuit sends none today. The signature is over what was sent, and nothing is inflated before it is checked. */
    @Test
    void readsGzipThatIsSignedAsItWasSent() throws IOException {
        var company = scene.connect(Map.of("event.vendor.type", "webhook"));
        var webhook = Webhook.of(event(company.realm(), "invoice.created", "1", ""));
        var zipped = Webhook.ofBytes(gzip(webhook.body())).with("Content-Encoding", "GZIP");
        long unreadable = count("unreadable");

        assertRefused(webhook.sending(zipped.body()).with("Content-Encoding", "gzip"), 401, "intuit-signature");
        assertRefused(zipped.signedWith("guessed"), 401, "intuit-signature");
        assertThat(zipped.postTo(scene.service())).isEqualTo(200);
        company.awaitTold("invoices 1");
        assertThat(webhook.with("Content-Encoding", "gzip").postTo(scene.service())).as("not in gzip at all").isEqualTo(200);
        assertThat(count("unreadable")).isEqualTo(unreadable);
        assertThat(Webhook.ofBytes(Arrays.copyOf(zipped.body(), 60)).postTo(scene.service())).as("half of it").isEqualTo(200);
        assertThat(count("unreadable")).isEqualTo(unreadable + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "application/x-www-form-urlencoded", "text/xml; charset=utf-16", "nonsense",
        "application/cloudevents-batch+json", "multipart/form-data; boundary=x"})
    void takesAnyContentType(String type) {
        var company = scene.connect(Map.of("event.vendor.type", "webhook"));

        var webhook = Webhook.of(event(company.realm(), "invoice.created", "Gr\u00fc\u00dfe", ""));

        assertThat(webhook.with("Content-Type", type).postTo(scene.service())).isEqualTo(200);
        company.awaitTold("invoices Gr\u00fc\u00dfe");
    }

    @Test
    void answersOnlyPosts() {
        assertThat(scene.service().get("/events/quickbooks").status()).isEqualTo(405);
    }

    @Test
    void takesNothingUncheckedWhenThereIsNoToken() {
        try (var unset = Scene.on(TestDatabase.H2)) {
            var answer = Webhook.of(event("1", "invoice.created", "1", "")).answerOf(unset.service());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("set quickbooks.webhook.verifier-tokens");
            assertThat(unset.service().get("/webhooks/quickbooks").json().get("notStored").asLong()).isEqualTo(1);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
