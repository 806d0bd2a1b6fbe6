// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import qboevents.simulator.MovableClock;
import qboevents.simulator.Received;
import qboevents.testing.DatabaseDump;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** A signature key is replaced, and receivers have a day to follow. */
class SignatureRotationTest {

    private static final String KEY = "event.notification.signature.key";

    private static Company connect(Scene scene) {
        return scene.connect(Map.of("event.poller.start", "beginning", KEY, "old-key"), "invoices");
    }

    private static void patch(Company company, String key) {
        say(company, "PATCH", "{\"configuration\":{\"" + KEY + "\":\"" + key + "\"}}");
    }

    private static void say(Company company, String method, String body) {
        var answer = company.scene().service().call(method, "/instances/" + company.id(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain("old-key", "new-key", "former");
    }

    /** One more POST. */
    private static Received tell(Company company) {
        var before = company.received().size();
        company.books().create("Invoice");
        company.poll();
        await().atMost(SOON).until(() -> company.received().size() > before);
        return company.received().get(before);
    }

    /** As its library signs; that also refuses timestamps of another day. */
    private static void assertSigned(Received received, String... keys) {
        var id = received.header("webhook-id").orElseThrow();
        var time = Long.parseLong(received.header("webhook-timestamp").orElseThrow());
        assertThat(received.header("webhook-signature")).contains(Arrays.stream(keys)
                .map(key -> sign(key, id, time, received.text())).collect(Collectors.joining(" ")));
    }

    private static String sign(String key, String id, long time, String body) {
        try {
            return StandardWebhooksTest.library(key).sign(id, time, body);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @OnEachDatabase
    void signsWithBothKeysForADayAlsoAfterARestart(TestDatabase database) throws Exception {
        try (var scene = Scene.at(MovableClock.running(), database)) {
            var company = connect(scene);
            var before = tell(company);
            assertSigned(before, "old-key");

            patch(company, "new-key");

            var both = tell(company);
            assertSigned(both, "new-key", "old-key");
            StandardWebhooksTest.verify("new-key", both, both.text());
            StandardWebhooksTest.verify("old-key", both, both.text());
            assertThat(both.header("Elements-Webhook-Signature")).contains(elements("new-key", both));
            var shown = scene.service().get("/instances/" + company.id() + "/configuration").text();
            assertThat(shown).contains("\"" + KEY + "\"", "********").doesNotContain("former", "old-key", "new-key");
            assertThat(DatabaseDump.of(scene.service().bean(DataSource.class))).doesNotContain("old-key", "new-key");

            scene.restart();
            say(company, "PATCH", "{\"name\":\"Another name\",\"configuration\":{\"" + KEY + "\":\"********\"}}");
            scene.clock.advance(Duration.ofHours(23));
            assertSigned(tell(company), "new-key", "old-key");

            scene.clock.advance(Duration.ofHours(1));
            assertSigned(tell(company), "new-key");
        }
    }

    @OnEachDatabase
    void keepsTheOldKeyWhenTheWholeInstanceIsReplacedAndEndsAllWhenTheKeyIsTakenAway(TestDatabase database) {
        try (var scene = Scene.at(MovableClock.running(), database)) {
            var company = connect(scene);

            say(company, "PUT", """
                    {"name":"Whole","element":{"key":"quickbooks"},"configuration":{"oauth.callback.url":"https://mycoolapp.com",
                     "oauth.api.key":"client","oauth.api.secret":"********","event.notification.enabled":true,
                     "event.poller.refresh_interval":1440,"event.poller.start":"beginning","event.poller.urls":"invoices",
                     "event.notification.callback.url":"%s","event.notification.signature.key":"new-key"}}
                    """.formatted(scene.receiver.url() + "/" + company.realm()));
            assertSigned(tell(company), "new-key", "old-key");

            patch(company, "");
            assertThat(tell(company).headers()).doesNotContainKeys(
                    "elements-webhook-signature", "webhook-signature", "webhook-id", "webhook-timestamp");

            patch(company, "third");
            assertSigned(tell(company), "third");
        }
    }

    private static String elements(String key, Received received) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        return "sha256=" + Base64.getEncoder().encodeToString(mac.doFinal(received.body()));
    }
}
