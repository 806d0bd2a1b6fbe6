// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** What Intuit has signed and nobody can read is answered with 200, and an operator finds it. */
class UnreadableWebhookTest {

    private static final String LIST = "/webhooks/quickbooks/unreadable";

    private static final Scenes SCENES = new Scenes(Webhook.SETTING);

    @AfterAll
    static void stop() {
        SCENES.close();
    }

    private static HttpResponse<byte[]> get(Scene scene, String path, String authorization) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(scene.service().base() + path))
                .header("Authorization", authorization).build(), BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> get(Scene scene, String path) throws IOException, InterruptedException {
        return get(scene, path, "User " + TestService.USER_SECRET + ", Organization " + TestService.ORGANIZATION_SECRET);
    }

    private static JsonNode newest(Scene scene) {
        return scene.service().get(LIST).json().get(0);
    }

    @OnEachDatabase
    void isKeptAndShownAsItCame(TestDatabase database) throws IOException, InterruptedException {
        var scene = SCENES.on(database);
        var body = "<script>alert('\u00e4\u20ac')</script>\u0000".getBytes(UTF_8);
        body[0] = (byte) 0xFF;

        assertThat(Webhook.ofBytes(body).postTo(scene.service())).isEqualTo(200);

        var shown = newest(scene);
        assertThat(shown.get("reason").asText()).startsWith("is not JSON");
        assertThat(shown.get("size").asLong()).isEqualTo(body.length);
        assertThat(shown.get("receivedAt").asText()).startsWith("20").endsWith("Z");
        assertThat(shown.get("beginning").asText()).isEqualTo(new String(body, UTF_8));
        var answer = get(scene, LIST + "/" + shown.get("id").asLong());
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).isEqualTo("text/plain;charset=utf-8");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().map()).doesNotContainKey("authorization");
    }

    @OnEachDatabase
    void isListedNewestFirstAPageAtATime(TestDatabase database) throws IOException, InterruptedException {
        var scene = SCENES.on(database);
        var long5 = "5" + "\u20ac".repeat(1000);
        for (int i = 1; i < 5; i++) {
            Webhook.ofBody("no " + i).postTo(scene.service());
        }
        Webhook.ofBody("no " + long5).postTo(scene.service());

        var first = get(scene, LIST + "?pageSize=2");
        var next = first.headers().firstValue("Elements-Next-Page-Token").orElseThrow();

        assertThat(first.headers().firstValue("Elements-Returned-Count")).contains("2");
        assertThat(first.headers().firstValueAsLong("Elements-Total-Count").orElseThrow()).isGreaterThanOrEqualTo(5);
        assertThat(beginnings(scene, "?pageSize=2")).containsExactly(("no " + long5).substring(0, 200), "no 4");
        assertThat(beginnings(scene, "?pageSize=2&nextPageToken=" + next)).containsExactly("no 3", "no 2");
        assertThat(get(scene, LIST + "?nextPageToken=x").statusCode()).isEqualTo(400);
    }

    private static List<String> beginnings(Scene scene, String query) {
        return StreamSupport.stream(scene.service().get(LIST + query).json().spliterator(), false)
                .map(each -> each.get("beginning").asText()).toList();
    }

    @OnEachDatabase
    void isKeptUpToAThousand(TestDatabase database) {
        var scene = SCENES.on(database);
        var rows = scene.service().bean(JdbcClient.class);
        IntStream.range(0, 1100).forEach(i -> rows.sql("""
                insert into unreadable_webhook (id, received_at, reason, body)
                values (nextval('unreadable_webhook_id'), current_timestamp, 'old', ?)
                """).param(new byte[] {'{'}).update());

        Webhook.ofBody("newest").postTo(scene.service());

        assertThat(rows.sql("select count(*) from unreadable_webhook").query(Integer.class).single()).isEqualTo(1000);
        assertThat(newest(scene).get("beginning").asText()).isEqualTo("newest");
    }

    @OnEachDatabase
    void isKeptHoweverLargeItIs(TestDatabase database) throws IOException, InterruptedException {
        var scene = SCENES.on(database);
        var body = "x".repeat(8 * 1024 * 1024).getBytes(UTF_8);

        // Like QuickBooks, until it is taken: to write so much may take longer than a webhook waits on a busy machine.
        await().atMost(SOON).until(() -> Webhook.ofBytes(body).postTo(scene.service()) == 200);

        assertThat(get(scene, LIST + "/" + newest(scene).get("id").asLong()).body()).isEqualTo(body);
    }

    @OnEachDatabase
    void isForThePlatformOnly(TestDatabase database) throws IOException, InterruptedException {
        var scene = SCENES.on(database);

        assertThat(get(scene, LIST, "none").statusCode()).isEqualTo(401);
        assertThat(get(scene, LIST + "/1", "User " + TestService.USER_SECRET).statusCode()).isEqualTo(401);
        assertThat(get(scene, "/webhooks/quickbooks", "none").statusCode()).isEqualTo(401);
        assertThat(get(scene, LIST + "/999999").statusCode()).isEqualTo(404);
        assertThat(get(scene, LIST + "/x").statusCode()).isEqualTo(404);
    }

    @OnEachDatabase
    void isCountedWithAllElse(TestDatabase database) {
        var scene = SCENES.on(database);
        var before = scene.service().get("/webhooks/quickbooks").json();

        Webhook.of(Webhook.event("nobody", "invoice.created", "1", ""), Webhook.event("nobody", "hologram.created", "1", ""), "{}")
                .postTo(scene.service());
        Webhook.of("{}").signedWith("guessed").postTo(scene.service());

        var after = scene.service().get("/webhooks/quickbooks").json();
        for (var what : new String[] {"unknownCompany", "unknownEntity", "unreadable", "refused"}) {
            assertThat(after.get(what).asLong()).as(what).isEqualTo(before.get(what).asLong() + 1);
        }
        assertThat(after.get("received").asLong()).isEqualTo(before.get("received").asLong() + 2);
        assertThat(after.get("since").asText()).isEqualTo(before.get("since").asText());
    }
}
