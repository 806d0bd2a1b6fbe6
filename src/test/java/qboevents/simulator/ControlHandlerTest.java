// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlHandlerTest {

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final WebhookScene scene = new WebhookScene();

    @BeforeEach
    void open() {
        scene.quickBooks.on("/simulator", new ControlHandler(scene.quickBooks, Optional.empty()));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void doesWhatAUserWouldDoInQuickBooks() throws Exception {
        call("POST", "/42/Invoice?count=2");
        call("PUT", "/42/Invoice/1");
        call("PUT", "/42/Invoice/1?do=email");
        call("PUT", "/42/Invoice/1?do=void");
        call("DELETE", "/42/Invoice/1");
        call("POST", "/42/Vendor?count=2");
        call("PUT", "/42/Vendor/2?do=deactivate");
        call("PUT", "/42/Vendor/1?merge=2");

        assertThat(scene.books.changes()).extracting(Change::kind).containsExactly(
                Change.Kind.CREATED, Change.Kind.CREATED, Change.Kind.UPDATED, Change.Kind.EMAILED, Change.Kind.VOIDED,
                Change.Kind.DELETED, Change.Kind.CREATED, Change.Kind.CREATED, Change.Kind.DEACTIVATED,
                Change.Kind.MERGED);
        assertThat(scene.told()).hasSize(10);
    }

    @Test
    void switchesFormAndMoods() throws Exception {
        assertThat(call("PUT", "/webhooks?form=legacy&voided=true&upper-case-words=true").statusCode()).isEqualTo(200);
        call("POST", "/42/Invoice");
        call("PUT", "/42/Invoice/1?do=void");
        scene.webhooks.awaitIdle(WebhookScene.SOON);

        assertThat(scene.posts().stream().flatMap(post -> post.findValuesAsText("operation").stream()))
                .containsExactly("CREATE", "VOIDED");
    }

    @Test
    void subscribesAnotherEndpoint() throws Exception {
        try (var other = new CallbackReceiver()) {
            call("PUT", "/webhooks?url=" + other.url() + "&token=" + WebhookScene.TOKEN);
            call("POST", "/42/Invoice");
            scene.webhooks.awaitIdle(WebhookScene.SOON);

            assertThat(other.received()).hasSize(1).allMatch(WebhookScene::isSigned);
        }
    }

    @Test
    void tellsHowItWent() throws Exception {
        scene.endpoint.answer(Reply.status(503), 2);
        call("POST", "/42/Invoice");
        scene.webhooks.awaitIdle(WebhookScene.SOON);

        assertThat(call("GET", "").body()).contains(
                "\"webhookPosts\":3,\"webhooksAcknowledged\":1,\"webhooksRefused\":{\"503\":2}");
    }

    @Test
    void setsHowChangeDataCaptureAnswers() throws Exception {
        scene.books.create("Invoice", 3);
        call("PUT", "/cdc?cap=2&cut=oldest&total-of-each-group=true&empty-groups=true&cap-per-entity=true&exclusive=false");
        call("PUT", "/cdc?failing=Bill&place=own-answer&named=false");

        var answer = cdc();
        assertThat(answer.at("/CDCResponse/0/QueryResponse/0/Invoice")).hasSize(2);
        assertThat(answer.at("/CDCResponse/1/Fault/Error/0/Detail").asText()).doesNotContain("Bill");
        assertThat(call("GET", "").body()).contains("\"cdcCalls\":1,\"meteredThisMonth\":1");

        call("PUT", "/cdc?failing=&exclusive=true");
        assertThat(cdc().at("/CDCResponse").toString()).isEqualTo("[{\"QueryResponse\":[{},{}]}]");
    }

    @Test
    void setsTheMonthsCallsAndHowTheBooksAreKept() throws Exception {
        call("PUT", "/42/books?lag-ms=5000&keeping-losers=true");
        call("POST", "/42/Vendor?count=2");
        call("PUT", "/42/Vendor/1?merge=2");

        assertThat(scene.books.read("Vendor", "2").orElseThrow().path("Active").asBoolean()).isFalse();
        assertThat(new Client(scene.quickBooks, "42").cdc("Vendor", "2026-03-15").body()).doesNotContain("Vendor");

        call("PUT", "/meter?block-at=1");
        assertThat(new Client(scene.quickBooks, "42").query("SELECT * FROM Term").statusCode()).isEqualTo(429);
    }

    @Test
    void saysWhatItDoesNotKnow() throws Exception {
        for (var wrong : Map.of(
                "/webhooks?from=legacy", "no from; known are url, token, at-most",
                "/webhooks?form=odd", "forms cloud-events and legacy",
                "/webhooks?url=http://127.0.0.1:1", "both, url and token",
                "/cdc?size=3", "no size; known are failing, place",
                "/cdc?place=group", "Say failing",
                "/cdc?cut=odd", "ODD",
                "/clock", "Set webhooks, cdc or meter",
                "/42/Invoice/9", "No Invoice 9",
                "/42/Rocket/1", "No such entity: Rocket").entrySet()) {
            var answer = call("PUT", wrong.getKey());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(wrong.getValue());
        }
    }

    private JsonNode cdc() throws Exception {
        return Client.json(new Client(scene.quickBooks, "42").cdc("Invoice,Bill", "2026-03-15T20:07:36Z"));
    }

    private HttpResponse<String> call(String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(scene.quickBooks.apiUrl() + "/simulator" + path))
                .method(method, BodyPublishers.noBody());
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
