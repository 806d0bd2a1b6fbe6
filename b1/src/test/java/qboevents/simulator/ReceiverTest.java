// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverTest {

    private static final String NOTIFICATION = """
            {"message":{"eventId":"e1","events":[
              {"eventType":"CREATED","objectId":"2|0","objectType":"invoices"},
              {"eventType":"UPDATED","objectId":"3|1","objectType":"invoices"}]}}""";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private CallbackReceiver receiver = new CallbackReceiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void keepsWhatItGets() throws Exception {
        post(request(NOTIFICATION).header("X-Mine", "a"));

        var received = receiver.received().get(0);
        assertThat(received.path()).isEqualTo("/callback");
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.header("x-mine")).hasValue("a");
        assertThat(received.text()).isEqualTo(NOTIFICATION);
        assertThat(receiver.events()).containsExactly(
                new ReceivedEvent("e1", "invoices", "2|0", "CREATED"),
                new ReceivedEvent("e1", "invoices", "3|1", "UPDATED"));
        assertThat(receiver.events().get(1).id()).isEqualTo("3");
    }

    @Test
    void readsACloudEvent() throws Exception {
        post(request("""
                {"specversion":"1.0","id":"c1","type":"quickbooks.invoices.created","subject":"2"}"""));

        assertThat(receiver.events()).containsExactly(new ReceivedEvent("c1", "invoices", "2", "created"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MySecretEventSignatureKey", "whsec_c2VjcmV0"})
    void takesWhatIsSignedInBothWays(String key) throws Exception {
        signedReceiver(key);
        var standardKey = key.startsWith("whsec_") ? "secret" : key;

        var response = post(request("body")
                .header("Elements-Webhook-Signature", "sha256=" + mac(key, "body"))
                .header("webhook-id", "1").header("webhook-timestamp", "2")
                .header("webhook-signature", "v1,other v1," + mac(standardKey, "1.2.body")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(receiver.received().get(0).forgery()).isEmpty();
    }

    @Test
    void agreesWithThePublishedVector() throws Exception {
        assertThat(mac("MySecretEventSignatureKey", "<INSERT_EVENT_NOTIFICATION_RESPONSE_BODY>"))
                .isEqualTo("jHdbRx5EZAsOfTwAPJOGkNUzQMVVdu5VJlxcsk+G6jQ=");
    }

    @Test
    void refusesWhatIsNotSigned() throws Exception {
        signedReceiver("key");

        assertThat(post(request("body")).statusCode()).isEqualTo(401);
        assertThat(post(request("body").header("Elements-Webhook-Signature", "sha256=" + mac("key", "body")))
                .statusCode()).isEqualTo(401);
        assertThat(receiver.forged()).isEqualTo(2);
        assertThat(receiver.received().get(1).forgery()).isPresent().get().asString().startsWith("webhook-signature");
    }

    @Test
    void answersAsToldAndThenIsGoodAgain() throws Exception {
        receiver.answer(Reply.status(503).withRetryAfter("120"), 1);

        var first = post(request("{}"));

        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.headers().firstValue("Retry-After")).hasValue("120");
        assertThat(post(request("{}")).statusCode()).isEqualTo(200);
    }

    @Test
    void decidesForEachRequest() throws Exception {
        receiver.answer(received -> received.text().equals("bad") ? Reply.status(410) : Reply.redirect(302, "/other"));

        assertThat(post(request("bad")).statusCode()).isEqualTo(410);
        assertThat(post(request("good")).statusCode()).isEqualTo(302);
    }

    @Test
    void hangsTricklesAndCuts() throws Exception {
        receiver.answer(Reply.hang());
        assertThatThrownBy(() -> post(request("{}").timeout(Duration.ofMillis(200))))
                .isInstanceOf(HttpTimeoutException.class);

        receiver.answer(Reply.trickle(3, Duration.ofMillis(50)));
        assertThat(post(request("{}")).body()).isEqualTo("...");

        receiver.answer(Reply.cut());
        assertThatThrownBy(() -> post(request("{}"))).isInstanceOf(IOException.class);

        receiver.answerOk();
        assertThat(post(request("{}")).statusCode()).isEqualTo(200);
    }

    @Test
    void waitsForAFactAndNoLongerThanTold() {
        var sent = http.sendAsync(request(NOTIFICATION).build(), BodyHandlers.discarding());

        assertThat(receiver.awaitEvents(2, Duration.ofSeconds(10))).hasSize(2);
        sent.join();

        assertThatThrownBy(() -> receiver.await(Duration.ofMillis(20), each -> each.count() == 2))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("after 1 requests");
    }

    @Test
    void countsWithoutKeeping() throws Exception {
        var seen = new CompletableFuture<String>();
        receiver.keepingNothing().onReceived(received -> seen.complete(received.text()));

        post(request(NOTIFICATION));

        assertThat(receiver.count()).isEqualTo(1);
        assertThat(receiver.received()).isEmpty();
        assertThat(seen).isCompletedWithValue(NOTIFICATION);
    }

    private void signedReceiver(String key) {
        receiver.close();
        receiver = new CallbackReceiver(key);
    }

    private HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(URI.create(receiver.url())).POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> post(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String mac(String key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    }
}
