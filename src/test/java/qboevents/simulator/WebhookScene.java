// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A simulator whose clock stands still, and an app's endpoint that is subscribed to its webhooks. */
final class WebhookScene implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(20);
    static final String TOKEN = "b5771f19b12ddb4bcdb9f08bdc50bc63878a";
    static final Instant NOW = Instant.parse("2026-03-15T20:07:36.9Z");

    final MovableClock clock = MovableClock.at(NOW);
    final QuickBooksSimulator quickBooks = new QuickBooksSimulator(clock);
    final CallbackReceiver endpoint = new CallbackReceiver();
    final Webhooks webhooks = quickBooks.webhooks().subscribe(endpoint.url(), TOKEN).window(Duration.ofMillis(20));
    final Ledger books = quickBooks.ledger("42");

    /** All CloudEvents in the order of arrival, when no more will come. */
    List<JsonNode> told() {
        webhooks.awaitIdle(SOON);
        return posts().stream().flatMap(post -> StreamSupport.stream(post.spliterator(), false)).toList();
    }

    List<JsonNode> posts() {
        return endpoint.received().stream().map(Received::json).toList();
    }

    /** {@code qbo.invoice.created.v1 7} */
    static String word(JsonNode event) {
        return event.path("type").asText() + " " + event.path("intuitentityid").asText();
    }

    static boolean isSigned(Received post) {
        return post.header("intuit-signature").orElse("").equals(sign(post.body()));
    }

    private static String sign(byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(TOKEN.getBytes(UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        quickBooks.close();
        endpoint.close();
    }
}
